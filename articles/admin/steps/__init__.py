"""Steps: the buttons of the workflow, and what the desk says about where a post stands."""
