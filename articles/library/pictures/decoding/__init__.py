"""From an uploaded file to RGB pixels. Runs in the worker (../worker.py, started by
../sandbox.py), which has no Django settings."""
