"""Steps: publish, schedule, withdraw, restore; and whole files of stories in bulk."""
