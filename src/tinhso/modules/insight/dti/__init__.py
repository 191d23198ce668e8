"""Indices of digital transformation: editions, scoring, published values, self-assessment, planner."""
