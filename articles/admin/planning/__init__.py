"""The screens of planning: a plan, the plans of a day, and what was planned beside the draft."""
