"""Steps: publish, schedule, withdraw, put back, cancel, hold back, restore; fronts and banners."""
