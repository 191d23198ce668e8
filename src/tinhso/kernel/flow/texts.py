"""Words for people in both languages of a pack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, in Vietnamese and English."""

    vi: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """The words in that language ("vi" or "en"); Vietnamese where the other is missing."""
        return (self.en if language.startswith("en") else self.vi) or self.vi

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)


NO_TEXT = Text()
