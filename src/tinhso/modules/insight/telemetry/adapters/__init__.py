"""What telemetry stands on outside: the broker, the tables, the files, DuckDB."""
