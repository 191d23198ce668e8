"""Where this installation keeps what it writes: database, files, keys, warehouse."""

import os
from contextlib import suppress
from pathlib import Path


def home_folder() -> Path:
    """The folder named by TINHSO_HOME, by default `var/` beside the project; made when missing."""
    home = Path(os.environ.get("TINHSO_HOME", Path(__file__).resolve().parents[3] / "var")).resolve()
    home.mkdir(parents=True, exist_ok=True)
    return home


def read_or_make_secret(path: Path, fresh: str) -> str:
    """The secret kept at `path`, readable by its owner only; written from `fresh` the first time."""
    with suppress(FileNotFoundError):
        return path.read_text().strip()
    own = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(fresh)
    with suppress(FileExistsError):  # another process may be making it at the same moment; the first one counts
        os.link(own, path)
    own.unlink()
    return path.read_text().strip()
