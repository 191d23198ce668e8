"""The engine: anything with an owner and a deadline."""
