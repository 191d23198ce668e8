"""Cuts our screens' typeface down to what Vietnamese pages use: one small file for each weight.

    pip install fonttools==4.68.0 brotli==1.2.1     by hand, not a part of the installation
    python scripts/subset_fonts.py                  from packs/national/fonts into static/tinhso/fonts; commit the result

Kept: Latin-1, all Vietnamese letters composed and combining, quotation marks, dashes, đ and € signs; kerning and marks.
Left out: hinting, which is half of each file and which today's screens do not need.
"""

from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[1]
FACES = ROOT / "packs/national/fonts/be-vietnam-pro"
FONTS = ROOT / "src/tinhso/host/static/tinhso/fonts"
WEIGHTS = {"BeVietnamPro_400Regular.ttf": 400, "BeVietnamPro_600SemiBold.ttf": 600}
# The same ranges stand at @font-face in design/css/10-tokens.css.
RANGES = (
    "U+0020-007E,U+00A0-00FF,U+0102-0103,U+0110-0111,U+0128-0129,U+0131,U+0168-0169,U+01A0-01A1,U+01AF-01B0,"
    "U+0300-0301,U+0303,U+0309,U+0323,U+1EA0-1EF9,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+2039-203A,"
    "U+20AB-20AC,U+2122,U+2212"
)


def main() -> None:
    """Write both weights."""
    for name, weight in WEIGHTS.items():
        subset.main(
            [
                str(FACES / name),
                f"--unicodes={RANGES}",
                "--layout-features=kern,mark,mkmk,ccmp,locl",
                "--no-hinting",
                "--flavor=woff2",
                f"--output-file={FONTS / f'be-vietnam-pro-{weight}.woff2'}",
            ]
        )


if __name__ == "__main__":
    main()
