"""Search on the desk: every story by its words, also what no reader sees."""
