"""Pictures of the old site: found in a folder or a zip, or fetched, and stored once each."""
