"""The English catalogue: every Vietnamese text of pages and code is found, translated beside, and compiled when it changed."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1]
CATALOGUE = SOURCE / "host/locale/en/LC_MESSAGES/django.po"
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = frozenset({".html", ".txt", ".svg", ".xml"})
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|(?<!%)%[sdif]|\{(\w*)\}")
Key = tuple[Any, str | None]


class EnglishCatalogue(Catalog):
    """A catalogue whose head never changes, so that only texts show up as differences."""

    def __init__(self, *_unused: Any, **_unused_by_name: Any) -> None:
        super().__init__(
            locale="en", fuzzy=False, header_comment="# English texts of tinhso; the keys are the Vietnamese ones."
        )

    mime_headers = property(
        lambda _self: [
            ("Language", "en"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ],
        lambda _self, _headers: None,
    )


def key_of(message: Message) -> Key:
    """What a message is found by: its text (both forms as a tuple) and its context."""
    return message.id, message.context


def texts_in_source() -> Catalog:
    """Every text that gettext is asked for, in Python and in templates; tests and migrations apart."""
    found = EnglishCatalogue()
    for path in sorted(SOURCE.rglob("*")):
        inside = path.relative_to(SOURCE).parts
        if not path.is_file() or {"tests", "migrations", "locale", "static"}.intersection(inside):
            continue
        for text, context in _texts_of(path):
            found.add(text, locations=[("/".join(inside), None)], context=context)  # type: ignore[list-item]
    return found


def _texts_of(path: Path) -> Iterator[tuple[Any, str | None]]:
    if path.suffix == ".py":
        source = path.read_bytes()
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        from django.utils.translation.template import templatize

        source = templatize(path.read_text()).encode()
    else:
        return
    calls: Iterator[Any] = extract_python(BytesIO(source), KEYWORDS, (), {"encoding": "utf-8"})  # type: ignore[arg-type]
    for _line, function, found, _comments in calls:
        parts = found if isinstance(found, tuple) else (found,)
        spec = KEYWORDS[function] or (1,)
        context = next((parts[part[0] - 1] for part in spec if isinstance(part, tuple)), None)
        texts = tuple(parts[part - 1] for part in spec if isinstance(part, int) and part <= len(parts))
        if texts and all(isinstance(text, str) and text for text in texts):
            yield (texts if len(texts) > 1 else texts[0]), context


def read_catalogue() -> Catalog:
    """The English catalogue as it is kept; empty when there is none yet."""
    if not CATALOGUE.exists():
        return EnglishCatalogue()
    with CATALOGUE.open("rb") as handle:
        return read_po(handle, locale="en")


def extract() -> tuple[int, int]:
    """Write the catalogue anew: every text of the source, with the translations it had. (texts, without translation)."""
    known = {key_of(message): message for message in read_catalogue() if message.id}
    fresh = texts_in_source()
    for message in fresh:
        if message.id and (old := known.get(key_of(message))):
            message.string = old.string
            message.user_comments = old.user_comments
    out = BytesIO()
    write_po(out, fresh, width=0, sort_output=True, include_lineno=False)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(out.getvalue())
    texts = [message for message in fresh if message.id]
    return len(texts), sum(not is_translated(message) for message in texts)


def is_translated(message: Message) -> bool:
    """Whether every form of the message has a text."""
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(strings) and all(strings) and not message.fuzzy


def faults() -> list[str]:
    """What is wrong with the catalogue: texts without English, texts nobody uses, placeholders that differ."""
    kept = {key_of(message): message for message in read_catalogue() if message.id}
    used = {key_of(message): message for message in texts_in_source() if message.id}
    found = []
    for key, message in used.items():
        where = ", ".join(sorted({name for name, _line in message.locations}))
        if key not in kept or not is_translated(kept[key]):
            found.append(f"chưa có tiếng Anh · no English: {key[0]!r} ({where})")
        elif not _same_placeholders(kept[key]):
            found.append(f"chỗ điền khác nhau · placeholders differ: {key[0]!r} ({where})")
    found += [f"không còn dùng · not used any more: {key[0]!r}" for key in kept if key not in used]
    return sorted(found)


def _same_placeholders(message: Message) -> bool:
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    wanted = _placeholders(str(ids[-1]))
    return all(_placeholders(str(string)) == wanted for string in strings[-1:])


def _placeholders(text: str) -> list[str]:
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def compile_changed() -> bool:
    """Write the compiled catalogue when it is missing or older than its source; whether it was written."""
    compiled = CATALOGUE.with_suffix(".mo")
    if not CATALOGUE.exists() or (compiled.exists() and compiled.stat().st_mtime_ns >= CATALOGUE.stat().st_mtime_ns):
        return False
    fresh = compiled.with_suffix(".mo.new")
    with fresh.open("wb") as handle:
        write_mo(handle, read_catalogue())
    fresh.replace(compiled)
    return True
