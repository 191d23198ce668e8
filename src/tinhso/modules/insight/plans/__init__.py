"""Outside figures, and targets of resolutions against them."""
