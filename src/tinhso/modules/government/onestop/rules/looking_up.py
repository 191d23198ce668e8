"""How often somebody may look for a dossier in vain: tracking ids cannot be guessed, and guessing is slowed down too."""

from datetime import timedelta
from typing import Final

FROM_AN_ADDRESS: Final = 30
AT_A_CODE: Final = 10  # four signs are few: so many wrong ones at one dossier code, whoever tries
STRETCH: Final = timedelta(minutes=15)


class TooOften(Exception):
    """Too many look-ups found nothing; `vi` and `en` say when to try again."""

    minutes = int(STRETCH.total_seconds() // 60)
    vi = f"Đã tra sai quá {FROM_AN_ADDRESS} lần từ nơi này, hoặc quá {AT_A_CODE} lần với mã này. Hãy thử lại sau {minutes} phút."
    en = f"More than {FROM_AN_ADDRESS} wrong look-ups from here, or {AT_A_CODE} at this code. Try again in {minutes} minutes."

    def __init__(self) -> None:
        super().__init__(self.vi)
