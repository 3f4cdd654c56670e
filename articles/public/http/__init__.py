"""HTTP caching: the page cache, validators, Cache-Control and surrogate keys."""
