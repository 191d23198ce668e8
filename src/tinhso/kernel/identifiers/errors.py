"""What is said when a written identifier cannot be read."""


class NotReadable(ValueError):
    """The text is not the identifier it should be, said in `vi` (also the message) and in `en`."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en
