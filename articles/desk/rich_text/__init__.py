"""Rich text: the allowed markup, and the sanitiser that brings any text to it."""
