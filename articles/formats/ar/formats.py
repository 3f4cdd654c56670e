"""Arabic, as a newspaper writes it: without a comma before the year."""

DATE_FORMAT = "j F Y"
