"""Text: from what was written or asked to the words that the index holds."""
