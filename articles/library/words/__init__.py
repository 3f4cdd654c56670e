"""Words: from what was written or asked to what an index of words holds."""
