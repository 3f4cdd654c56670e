"""From an uploaded file to RGB pixels. Runs in the worker, which has no Django settings."""
