"""The rules of the queue, read from the chosen packs' `queue.toml`; the last pack that has one counts."""

import tomllib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tinhso.modules.government.queue.rules import QueueRules, read_rules
from tinhso.platform.units.queries import forget_when_packs_change

FILE, BASE_PACK = "queue.toml", "national"


def find_rules() -> QueueRules:
    """The rules in force. :raises FileNotFoundError: no pack has them"""
    return _read(str(settings.PACKS_ROOT), tuple(pack.strip() for pack in settings.PACKS))


@lru_cache(maxsize=4)
def _read(root: str, packs: tuple[str, ...]) -> QueueRules:
    paths = [Path(root) / pack / FILE for pack in (BASE_PACK, *packs)]
    last = [path for path in paths if path.is_file()]
    if not last:
        raise FileNotFoundError(paths[0])
    return read_rules(tomllib.loads(last[-1].read_text(encoding="utf-8")))


forget_when_packs_change(_read.cache_clear)
