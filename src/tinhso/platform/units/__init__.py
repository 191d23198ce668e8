"""Units in time: administrative units, agencies, desks, posts."""
