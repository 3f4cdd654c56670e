"""Notes that colleagues leave each other at a story; readers never see them."""
