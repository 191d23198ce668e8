"""The agreement with the portal, read from the chosen packs' `exchange/national_portal.toml`; the last pack that has one counts."""

import tomllib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tinhso.modules.government.portal_link.rules.exchange import Exchange, read_exchange
from tinhso.platform.units.queries import forget_when_packs_change

FILE = Path("exchange") / "national_portal.toml"
BASE_PACK = "national"


def find_exchange() -> Exchange:
    """The agreement in force. :raises FileNotFoundError: no pack has one"""
    return _read(str(settings.PACKS_ROOT), tuple(pack.strip() for pack in settings.PACKS))


@lru_cache(maxsize=4)
def _read(root: str, packs: tuple[str, ...]) -> Exchange:
    paths = [Path(root) / pack / FILE for pack in (BASE_PACK, *packs)]
    last = [path for path in paths if path.is_file()]
    if not last:
        raise FileNotFoundError(paths[0])
    return read_exchange(tomllib.loads(last[-1].read_text(encoding="utf-8")))


forget_when_packs_change(_read.cache_clear)
