"""What leaders are warned of in time, and how long dossiers usually stand where."""
