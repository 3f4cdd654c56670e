"""The page of a story, put together from parts that were rendered when it was published."""
