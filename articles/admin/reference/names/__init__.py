"""Topics and authors kept tidy: merged, told apart, renamed, removed, with a log."""
