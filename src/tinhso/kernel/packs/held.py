"""What the State holds, as packs name it in `held.toml`: forms that ask for it without taking it over are told."""

import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs.contents import Packs
from tinhso.kernel.packs.forms import Form


def find_reminders(packs: Packs) -> list[Problem]:
    """Each question of a form that asks for what is held without a source for its answer; none of them is an error."""
    patterns = list(_patterns(packs))
    newest = {code: form for (code, _version), form in sorted(packs.forms.items())}
    return [reminder for form in newest.values() for reminder in _of_form(form, patterns)]


def _patterns(packs: Packs) -> Iterator[tuple[str, str]]:
    for path in packs.files("held.toml"):
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get("held", []):
            for pattern in row["codes"]:
                yield pattern, row["path"]


def _of_form(form: Form, patterns: list[tuple[str, str]]) -> Iterator[Problem]:
    for field in form.fields():
        found = next((path for pattern, path in patterns if fnmatchcase(field.code, pattern)), "")
        if found and not field.prefill:
            yield Problem(
                "asked_although_held",
                f"Biểu mẫu “{form.code}” hỏi “{field.code}” mà không lấy sẵn; điều này đang được giữ ở “{found}”.",
                f"The form “{form.code}” asks for “{field.code}” without a prefill; it is held at “{found}”.",
            )
