"""Names and slugs: one row for one name, in any script, and every URL that a row ever had."""
