"""The write side: posts, their blocks, and the rules of working on them."""
