"""Pictures: checked, normalised, encoded and described on upload; shown from fields alone."""
