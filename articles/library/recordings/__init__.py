"""Files of films and sounds: recognised by their content, measured, and stored as they are."""
