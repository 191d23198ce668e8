"""What reporting decides without database and clock: periods, templates, filling, checks, adding up, who may."""
