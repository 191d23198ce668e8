"""How the portal is spoken to, as the pack says: addresses, session, codes, the ten states and their moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tinhso.kernel.flow import Text
from tinhso.modules.government.portal_link.rules.wire import Codec

Meaning = Literal["done", "known_already", "unknown", "busy", "expired", "refused"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """The agreement with the portal. Each part has its source in the pack's file."""

    login_path: str
    calls_path: str
    lists_path: str
    session_seconds: int
    codec: Codec
    meanings: Mapping[str, Meaning]
    words: Mapping[str, Text]
    lists_by_days: bool
    key_header: str
    answers_name: str
    moves: Mapping[int, tuple[int, ...]]

    def meaning_of(self, code: object) -> Meaning:
        """What a reply's error_code means; one we do not know is a refusal for good."""
        return self.meanings.get(str(code), "refused")

    def words_for(self, code: str) -> Text:
        """What a person should know of that code; empty when nothing is known."""
        return self.words.get(code, Text())

    def may_move(self, before: int, after: int) -> bool:
        """Whether the ten states allow that step; staying is always allowed."""
        return before == after or after in self.moves.get(before, ())


def read_exchange(table: Mapping[str, Any]) -> Exchange:
    """
    The agreement in the pack's table.

    :raises KeyError: a part is missing
    """
    codes, moments = table["codes"], table["moments"]
    meanings: dict[str, Meaning] = dict.fromkeys(table["session"]["expired"], "expired")
    for meaning in ("done", "known_already", "unknown", "busy"):
        meanings |= dict.fromkeys(codes[meaning], meaning)  # type: ignore[arg-type]
    return Exchange(
        login_path=table["addresses"]["login"],
        calls_path=table["addresses"]["calls"],
        lists_path=table["addresses"]["lists"],
        session_seconds=table["session"]["seconds"],
        codec=Codec(moments["format"], moments["zone"]),
        meanings=meanings,
        words={row["code"]: Text(row["vi"], row["en"]) for row in codes.get("words", ())},
        lists_by_days=table["lookup"]["by_days"],
        key_header=table["key"]["header"],
        answers_name=table["form_answers"]["name"],
        moves={int(state): tuple(after) for state, after in table["states"]["moves"].items()},
    )
