"""What registers outside hold about a person, asked for one purpose at a time."""
