"""Word and Excel papers: what a zip really holds, and that it holds nothing that runs or bursts."""

import zipfile
import zlib
from io import BytesIO

from tinhso.platform.files import rules
from tinhso.platform.files.rules.kinds import ZIP

MOST_ENTRIES = 5000
MOST_UNPACKED = 200 * rules.MEGABYTE
PIECE = 256 * 1024
_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": rules.DOCX,
    b"spreadsheetml.sheet.main+xml": rules.XLSX,
}
_MACROS = ("vbaproject.bin", "vbadata.xml")


def media_type_of_zip(content: bytes, name: str) -> str:
    """
    Word or Excel when the zip is such a paper, else the word for a plain zip.

    :raises Refusal: it bursts, is broken or locked, holds macros or embedded programs
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_entries(archive, name)
            return _main_part(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, ValueError, OSError):
        raise rules.refuse("broken", name=name) from None


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack everything once, into nothing: an entry that is not of the size it says, or torn, does not come through."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise rules.refuse("bomb", name=name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise rules.refuse("encrypted", name=name)
    for entry in entries:
        with archive.open(entry) as part:
            while part.read(PIECE):
                pass


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    names = [entry.filename.lower() for entry in archive.infolist()]
    if "[content_types].xml" not in names:
        return ZIP
    if any(part.endswith(_MACROS) for part in names):
        raise rules.refuse("active", name=name)
    if any("/embeddings/" in part and part.endswith(".bin") for part in names):
        raise rules.refuse("carries_program", name=name)
    types = archive.read("[Content_Types].xml")
    return next((media_type for part, media_type in _MAIN_PARTS.items() if part in types), ZIP)
