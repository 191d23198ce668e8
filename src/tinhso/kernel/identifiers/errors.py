"""What is said when a written identifier cannot be read."""


class NotReadable(ValueError):
    """The text is not the identifier it should be; the message is a Vietnamese sentence for the person who typed it."""
