"""What the containers of films and sounds say of themselves. Nothing is decoded, and however large
a file is, a few kilobytes of it are read at a time."""
