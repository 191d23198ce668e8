"""A demonstration under load: killed, cut off and copied."""
