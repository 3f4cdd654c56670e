"""British English, as a newspaper writes it: 13 December 2016, not 13 Dec 2016, and 14:05."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j M Y, H:i"
