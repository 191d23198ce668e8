"""What alerts decide without database or clock: when a rule fires, who may do what, what is written wrong in a pack."""
