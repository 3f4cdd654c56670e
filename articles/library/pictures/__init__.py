"""Picture files: reading them in a sandbox, their metadata, renditions and storages. No models."""
