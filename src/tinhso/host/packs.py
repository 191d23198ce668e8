"""The packs this installation runs on: chosen in the settings, read by the kernel, brought into the apps."""

from hashlib import sha256

from django.conf import settings

from tinhso.kernel.packs import Packs
from tinhso.kernel.packs.reading import read_packs


def chosen_codes() -> list[str]:
    """The codes of the packs named in the settings."""
    return [code.strip() for code in settings.PACKS if code.strip()]


def chosen_packs() -> Packs:
    """Everything the chosen packs hold, with those they require."""
    return read_packs(settings.PACKS_ROOT, chosen_codes())


def fingerprint() -> str:
    """One text for the whole content of the packs folder and the choice; another one when anything changed."""
    whole = sha256(",".join(chosen_codes()).encode())
    for path in sorted(path for path in settings.PACKS_ROOT.rglob("*") if path.is_file()):
        content = path.read_bytes()
        whole.update(f"{path.relative_to(settings.PACKS_ROOT)}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()
