"""Today, the start page of the desk: what waits for me, my stories, the day, and what is wrong."""
