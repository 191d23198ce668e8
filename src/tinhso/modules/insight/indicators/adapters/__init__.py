"""What is outside the warehouse's rules: PostgreSQL's rows, files on disk, DuckDB."""
