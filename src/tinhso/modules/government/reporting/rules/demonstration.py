"""Invented figures of communes for the demonstration: believable beside each other, the same each time."""

from decimal import Decimal
from random import Random
from typing import Final

from tinhso.modules.government.reporting.rules.filling import Sent

FAMILY: Final = ("Hoàng", "Nông", "Lương", "Vi", "Hứa", "Chu", "Lý", "Đinh", "Triệu", "Bế", "Mã", "Lộc")
GIVEN: Final = ("Văn Hùng", "Thị Lan", "Văn Dũng", "Thị Hà", "Đức Anh", "Thị Yến", "Minh Quân", "Thị Thảo", "Quốc Bảo")
ELSEWHERE: Final = "Hồ sơ của xã còn ở hệ thống cũ"
DIFFICULTIES: Final = (
    "Một số thôn chưa có sóng di động ổn định.",
    "Người cao tuổi chưa có điện thoại thông minh.",
    "Đề nghị tập huấn thêm cho tổ công nghệ số.",
    "",
)


def name_of(seed: str) -> str:
    """An invented name, settled by the seed."""
    random = Random(seed)  # noqa: S311 - nothing secret
    return f"{random.choice(FAMILY)} {random.choice(GIVEN)}"


def figures_of(seed: str, months_ago: int, records: frozenset[str]) -> list[Sent]:
    """
    What a commune reports so many months ago: households and villages stay, people taught grow by the month.

    :param records: the cells that the platform's own records fill; another figure there says why
    """
    random = Random(seed)  # noqa: S311 - as above
    villages, households = random.randint(9, 24), random.randint(900, 3200)
    teams = villages - random.choice((0, 0, 0, 1, 2))
    taught = random.uniform(0.28, 0.72)
    guided = int(households * max(taught - 0.03 * months_ago, 0.05))
    online, direct = random.randint(40, 160), random.randint(4, 30)
    resolved = online + direct - random.randint(0, 4)
    values = {
        "villages": villages,
        "teams": teams,
        "members": teams * random.randint(4, 6),
        "households": households,
        "guided": guided,
        "internet": int(households * random.uniform(0.45, 0.9)),
        "filed_online": online,
        "filed_direct": direct,
        "resolved": resolved,
        "resolved_in_time": resolved - random.choice((0, 0, 0, 1, 2, 5)),
        "staff": random.randint(8, 30),
    }
    sent = [Sent(f"{name}.value", str(value), reason=_why(name, records)) for name, value in values.items()]
    sent.append(Sent("satisfaction.value", f"{Decimal(random.randint(38, 49)) / 10}".replace(".", ",")))
    sent.append(Sent("difficulties.value", random.choice(DIFFICULTIES)))
    return sent


def _why(name: str, records: frozenset[str]) -> str:
    return ELSEWHERE if f"{name}.value" in records else ""
