"""The packs this installation runs on: chosen in the settings, checked by kernel and apps, brought into the apps."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs import Packs, check_packs, find_reminders, read_packs
from tinhso.platform.capability import capabilities


def chosen_codes() -> list[str]:
    """The codes of the packs named in the settings."""
    return [code.strip() for code in settings.PACKS if code.strip()]


def chosen_packs() -> Packs:
    """Everything the chosen packs hold, with those they require."""
    return read_packs(settings.PACKS_ROOT, chosen_codes())


def find_problems(root: Path, codes: Iterable[str]) -> list[Problem]:
    """What is wrong with these packs: what the kernel finds, or where that is nothing, what the apps find."""
    codes = tuple(codes)
    if problems := check_packs(root, codes):
        return problems
    packs = read_packs(root, codes)
    found = [problem for app in capabilities() for problem in app.find_pack_problems(packs)]
    return sorted(found, key=lambda each: (each.path, each.line, each.code))


def reminders_of(root: Path, codes: Iterable[str], language: str) -> list[str]:
    """What sound packs could do better: one line for each question that asks people for what is held."""
    return [f"{each.in_language(language)} [{each.code}]" for each in find_reminders(read_packs(root, codes))]


def lines_of(problems: Iterable[Problem], language: str) -> list[str]:
    """One line for each problem, as "file:line: sentence [code]"; files below the current folder by their short name."""
    here = Path.cwd()
    lines = []
    for problem in problems:
        path = Path(problem.path).resolve()
        shown = path.relative_to(here) if path.is_relative_to(here) else path
        lines.append(f"{shown}:{problem.line}: {problem.in_language(language)} [{problem.code}]")
    return lines


def fingerprint() -> str:
    """One text for the whole content of the packs folder and the choice; another one when anything changed."""
    whole = sha256(",".join(chosen_codes()).encode())
    for path in sorted(path for path in settings.PACKS_ROOT.rglob("*") if path.is_file()):
        content = path.read_bytes()
        whole.update(f"{path.relative_to(settings.PACKS_ROOT)}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()
