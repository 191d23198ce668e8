"""Keys and certificates in files, loaded once: an authority of one's own, for demonstration and tests."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tinhso.platform.signing.adapters.certificates import LoadedKey, issue, make_root, time_stamp_name

ROOT, TIME_STAMPS = "root", "time-stamps"


class KeyStore:
    """
    A folder of keys, one file each with the certificate beside it, readable by the owner only.

    A key is made when it is first asked for, under a lock and by renaming, so that processes that start
    together end up with the same one. Loaded keys stay in the process.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, LoadedKey] = {}

    def find_root(self) -> asn1_x509.Certificate | None:
        """The certificate everything is trusted by, or None when nothing was ever signed here."""
        root = self._find(ROOT)
        return root.asn1 if root else None

    def root(self, now: datetime) -> LoadedKey:
        """The authority's own key; valid from ten years before it is made until twenty years after."""
        return self._find(ROOT) or self._make(ROOT, lambda: make_root(now))

    def time_stamp_key(self, now: datetime) -> LoadedKey:
        """The key whose certificate serves for time-stamps and for nothing else."""
        if found := self._find(TIME_STAMPS):
            return found
        root = self.root(now)
        return self._make(TIME_STAMPS, lambda: issue(root, time_stamp_name(), now, for_time_stamps=True))

    def signing_key(self, name: x509.Name, now: datetime) -> LoadedKey:
        """The key of whoever bears that name; valid from three years before it is made until five years after."""
        file_name = sha256(name.public_bytes()).hexdigest()[:32]
        if found := self._find(file_name):
            return found
        root = self.root(now)
        return self._make(file_name, lambda: issue(root, name, now))

    def _find(self, file_name: str) -> LoadedKey | None:
        if file_name not in self._loaded:
            path = self.folder / f"{file_name}.pem"
            if not path.exists():
                return None
            self._loaded[file_name] = _read(path)
        return self._loaded[file_name]

    def _make(self, file_name: str, make: Callable[[], LoadedKey]) -> LoadedKey:
        with self._locked():
            if found := self._find(file_name):
                return found
            made = make()
            _write(self.folder / f"{file_name}.pem", made)
            self._loaded[file_name] = made
            return made

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _read(path: Path) -> LoadedKey:
    content = path.read_bytes()
    private = serialization.load_pem_private_key(content, password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path.name}: not an elliptic-curve key")
    return LoadedKey(private, x509.load_pem_x509_certificate(content))


def _write(path: Path, key: LoadedKey) -> None:
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(key.as_pem())
        handle.flush()
        os.fsync(handle.fileno())
    unfinished.replace(path)
