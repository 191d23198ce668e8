"""What telemetry decides without database, clock or network."""
