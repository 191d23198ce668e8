"""Messages to people through ports."""
