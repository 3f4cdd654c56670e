"""Picture files: decoding in a sandbox, metadata, renditions and storages. No models."""
