"""Steps: the buttons of the workflow, and sentences on where a post stands."""
