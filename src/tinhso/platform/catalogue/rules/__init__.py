"""What the catalogue decides without database or clock; each file of the package is read by its name."""
