"""What this module decides without database or clock."""
