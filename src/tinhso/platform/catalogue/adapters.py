"""Files: the portal's catalogue as JSON lines, and the everyday words and life events of the packs."""

import gzip
import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs.positions import positions
from tinhso.platform.catalogue.rules.reading import NotARecord, read_record
from tinhso.platform.catalogue.rules.synonyms import Synonym, WrongSynonym, read_synonym

SYNONYMS, LIFE_EVENTS = Path("texts/synonyms.toml"), Path("texts/life_events.toml")
LARGEST = 256 * 1024 * 1024


class UnreadableFile(ValueError):
    """The file is no catalogue; `vi` and `en` say what is wrong with it."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A file of the portal's catalogue: its records by code, and the lines that are none."""

    name: str
    sha256: str
    records: dict[str, dict[str, Any]]
    bad_lines: tuple[int, ...] = ()
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackWords:
    """What the packs say about finding: synonyms, words of special cases, life events."""

    synonyms: tuple[Synonym, ...]
    special: tuple[str, ...]
    life_events: tuple[dict[str, Any], ...]


def read_file(path: Path) -> CatalogueFile:
    """
    The records of a `.jsonl` or `.jsonl.gz`; of two with one code the first counts and the second is told.

    :raises UnreadableFile: it cannot be read, is far too large, or holds no record at all
    """
    content = _content(path)
    records: dict[str, dict[str, Any]] = {}
    bad, repeated = [], []
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            code = read_record(raw).code
        except (ValueError, NotARecord, RecursionError):
            bad.append(number)
            continue
        if code in records:
            repeated.append(code)
        else:
            records[code] = raw
    if not records:
        raise UnreadableFile("Tệp không có thủ tục nào đọc được.", "No record of the file can be read.")
    return CatalogueFile(path.name, hashlib.sha256(content).hexdigest(), records, tuple(bad), tuple(repeated))


def _content(path: Path) -> bytes:
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as packed:
                content = packed.read(LARGEST + 1)
        else:
            with path.open("rb") as plain:
                content = plain.read(LARGEST + 1)
    except (OSError, EOFError) as wrong:
        raise UnreadableFile(f"Không đọc được tệp: {wrong}.", f"The file cannot be read: {wrong}.") from wrong
    if len(content) > LARGEST:
        raise UnreadableFile("Tệp quá lớn.", "The file is too large.")
    return content


def read_words(folders: Sequence[Path]) -> PackWords:
    """What all packs say, those that cannot be used left out (`tinhso packs check` names them)."""
    synonyms = [synonym for _place, synonym in _synonyms(folders) if isinstance(synonym, Synonym)]
    special = [words for folder in folders for words in _table(folder / SYNONYMS).get("special", [])]
    events = [event for folder in folders for event in _table(folder / LIFE_EVENTS).get("life_event", [])]
    return PackWords(tuple(synonyms), tuple(special), tuple(events))


def find_word_problems(folders: Sequence[Path]) -> list[Problem]:
    """Each synonym that cannot be used, with file and line."""
    found = []
    for (path, number), wrong in _synonyms(folders):
        if isinstance(wrong, WrongSynonym):
            lines = positions(path.read_text(encoding="utf-8"))
            problem = Problem("wrong_synonym", wrong.vi, wrong.en, ("synonym", number))
            found.append(replace(problem, path=str(path), line=lines.get(("synonym", number), 1)))
    return found


def _synonyms(folders: Iterable[Path]) -> Iterator[tuple[tuple[Path, int], Synonym | WrongSynonym]]:
    for folder in folders:
        path = folder / SYNONYMS
        for number, table in enumerate(_table(path).get("synonym", [])):
            try:
                yield (path, number), read_synonym(table)
            except WrongSynonym as wrong:
                yield (path, number), wrong


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
