"""The machine: what the minute command does for everybody, when it is due, and how it went."""
