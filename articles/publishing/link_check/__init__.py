"""The check of links: which live stories lead readers to a page of ours that is gone."""
