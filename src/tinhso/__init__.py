"""tinhso: the platform on which a province runs its digital transformation."""
