"""Maps of the site for search engines, in slices by date."""
