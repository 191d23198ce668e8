"""Fetches what the design system borrows: GOV.UK Frontend, axe-core. Needs npm; run by hand, commit the result.

    .venv/bin/python scripts/vendor_assets.py     then     .venv/bin/python scripts/build_assets.py

Each package is pinned by version and by the sha512 of its archive, so that what is committed can be had again.
Left behind on purpose: the typeface that only gov.uk may use, the crest, and all pictures. Our own typeface is cut by
`scripts/subset_fonts.py`.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DESIGN = ROOT / "src/tinhso/host/design"
TEST_VENDOR = ROOT / "tests/vendor"
PINNED = {
    "govuk-frontend@6.6.0": "xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
    "axe-core@4.14.1": "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
}


def unpack(package: str, folder: Path) -> Path:
    """Download one pinned archive into `folder`, refuse it when its hash differs, return where it lies unpacked."""
    answer = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    archive = folder / answer.stdout.strip().splitlines()[-1]
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != PINNED[package]:
        raise SystemExit(f"{package}: sha512 {found} is not the pinned one")
    place = archive.with_suffix("")
    with tarfile.open(archive) as tar:
        tar.extractall(place, filter="data")
    return place / "package"


def take_govuk(package: Path) -> None:
    """Keep the compiled stylesheet without its typeface and crest; what a page needs of it is chosen when building."""
    text = (package / "dist/govuk/govuk-frontend.min.css").read_text()
    text = re.sub(r"/\*!.*?\*/", "", text)
    text = re.sub(r"@font-face\{[^}]*\}", "", text)
    text = re.sub(r"[^{}]*\{[^{}]*govuk-crest[^{}]*\}", "", text)
    (DESIGN / "vendor/govuk-frontend/govuk-frontend.css").write_text(text.replace("}", "}\n"))


def take_axe(package: Path) -> None:
    """Keep the accessibility checker for tests only, with its licences."""
    shutil.copy(package / "axe.min.js", TEST_VENDOR / "axe.min.js")
    shutil.copy(package / "LICENSE", TEST_VENDOR / "axe.LICENSE.txt")
    shutil.copy(package / "LICENSE-3RD-PARTY.txt", TEST_VENDOR / "axe.LICENSE-3RD-PARTY.txt")


def main() -> None:
    """Fetch, check, and lay each part in its place."""
    takers = dict(zip(PINNED, (take_govuk, take_axe), strict=True))
    for place in (DESIGN / "vendor/govuk-frontend", TEST_VENDOR):
        place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for package, take in takers.items():
            take(unpack(package, Path(folder)))
            print(f"{package}: taken")


if __name__ == "__main__":
    main()
