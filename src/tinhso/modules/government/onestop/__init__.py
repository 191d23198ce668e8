"""Public services and one-stop processing."""
