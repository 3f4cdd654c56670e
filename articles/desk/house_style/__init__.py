"""House style: what a newsroom wants put right before a story goes out, as its editors set it."""
