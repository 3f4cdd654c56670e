"""Bulk publishing: many stories at once, from fixtures, dumps and generators."""
