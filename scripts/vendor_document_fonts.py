"""Fetches the typefaces that printed documents are set in. Needs npm; run by hand, commit the result.

    .venv/bin/python scripts/vendor_document_fonts.py

Tinos has the widths of the face that Decree 30/2020 asks for in official papers; Be Vietnam Pro is that of our screens.
Each package is pinned by version and by the sha512 of its archive, so that what is committed can be had again.
"""

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "packs/national/fonts"
PINNED = {
    "@expo-google-fonts/be-vietnam-pro@0.4.1": (
        "4o2bsqU1zcC6NZf5FRYB+7gE49waNWYOGc5c5qLfPgrSqqr61hS2Bz4TVPgxudO038tLydSyPxV8e79g8j5DpQ==",
        "be-vietnam-pro",
        ("400Regular/BeVietnamPro_400Regular.ttf", "600SemiBold/BeVietnamPro_600SemiBold.ttf"),
    ),
    "@expo-google-fonts/tinos@0.4.2": (
        "MQkfvUO1Aw7UP3jRtWLcjda+udanoL8ecrbkjbc3ZdhSI1iW/Uil4uD8O0eOiIxU2v/FeAT2XjGNiz5oYUlucg==",
        "tinos",
        (
            "400Regular/Tinos_400Regular.ttf",
            "400Regular_Italic/Tinos_400Regular_Italic.ttf",
            "700Bold/Tinos_700Bold.ttf",
            "700Bold_Italic/Tinos_700Bold_Italic.ttf",
        ),
    ),
}


def unpack(package: str, sha512: str, folder: Path) -> Path:
    """Download one pinned archive into `folder`, refuse it when its hash differs, return where it lies unpacked."""
    answer = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    archive = folder / answer.stdout.strip().splitlines()[-1]
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != sha512:
        raise SystemExit(f"{package}: sha512 {found} is not the pinned one")
    place = archive.with_suffix("")
    with tarfile.open(archive) as tar:
        tar.extractall(place, filter="data")
    return place / "package"


def main() -> None:
    """Fetch, check, and lay each face with its licence into the national pack."""
    with tempfile.TemporaryDirectory() as folder:
        for package, (sha512, family, faces) in PINNED.items():
            source = unpack(package, sha512, Path(folder))
            place = FONTS / family
            place.mkdir(parents=True, exist_ok=True)
            for face in faces:
                shutil.copyfile(source / face, place / Path(face).name)
            shutil.copyfile(source / "LICENSE_FONT", place / "LICENSE.txt")
            print(f"{package}: {len(faces)} faces taken")


if __name__ == "__main__":
    main()
