"""The only readers of this app: editions, published figures, self-assessments, plans on paper."""
