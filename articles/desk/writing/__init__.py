"""The writing document: a story as the editor has it, and how versions of it come together."""
