"""
Write packs/lang-son/units.csv: the agencies of Lạng Sơn and of its 65 communes, beside the units of packs/national;
and packs/gia-lai/units.csv: the committees of Gia Lai as it was before 2025-07-01, for the replay of a quarter.

Departments: NQ 04 of the provincial council of 2025-02-18 (in force 2025-03-01), Sở Ngoại vụ by QĐ 50/2025/QĐ-UBND.
Commune offices: NĐ 150/2025/NĐ-CP; one-stop centres: NĐ 118/2025/NĐ-CP. H37 is the province's real code (QCVN 102);
the codes below it were not published where we could read them: they are assigned here, and each row says so.
The province edits the table afterwards; this script only made the first one.

Usage: .venv/bin/python scripts/write_agencies.py
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from write_units import FORMER, TODAY, UNIT_COLUMNS, write

PACKS = Path(__file__).parents[1] / "packs"
PROVINCE = f"20@{TODAY}"
COMMITTEE = f"H37@{TODAY}"
GIA_LAI = f"64@{FORMER}"
ASSIGNED = "Mã do tinhso tạm đặt; thay bằng mã trong quyết định của UBND tỉnh."
SATURDAY = "Giờ mở cửa sáng thứ Bảy theo trang của Trung tâm năm 2019, chưa đối chiếu lại."
REAL = "Mã cấp tỉnh theo QCVN 102:2016/BTTTT."
DEPARTMENTS = (
    ("office", "Văn phòng UBND tỉnh Lạng Sơn", "Office of the People's Committee of Lạng Sơn province"),
    ("home_affairs", "Sở Nội vụ", "Department of Home Affairs"),
    ("justice", "Sở Tư pháp", "Department of Justice"),
    ("finance", "Sở Tài chính", "Department of Finance"),
    ("industry_trade", "Sở Công Thương", "Department of Industry and Trade"),
    ("agriculture_environment", "Sở Nông nghiệp và Môi trường", "Department of Agriculture and Environment"),
    ("construction", "Sở Xây dựng", "Department of Construction"),
    ("science_technology", "Sở Khoa học và Công nghệ", "Department of Science and Technology"),
    ("culture_tourism", "Sở Văn hóa, Thể thao và Du lịch", "Department of Culture, Sports and Tourism"),
    ("education", "Sở Giáo dục và Đào tạo", "Department of Education and Training"),
    ("health", "Sở Y tế", "Department of Health"),
    ("ethnic_religion", "Sở Dân tộc và Tôn giáo", "Department of Ethnic Minorities and Religions"),
    ("foreign_affairs", "Sở Ngoại vụ", "Department of Foreign Affairs"),
    ("inspectorate", "Thanh tra tỉnh Lạng Sơn", "Inspectorate of Lạng Sơn province"),
    (
        "board",
        "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn",
        "Management Board of the Đồng Đăng - Lạng Sơn Border-Gate Economic Zone",
    ),
    ("provincial_police", "Công an tỉnh Lạng Sơn", "Police of Lạng Sơn province"),
    ("tax", "Thuế tỉnh Lạng Sơn", "Tax authority of Lạng Sơn province"),
    ("social_insurance", "Bảo hiểm xã hội tỉnh Lạng Sơn", "Social insurance agency of Lạng Sơn province"),
)
# Offices of departments that take dossiers in themselves: department, designation, names.
OFFICES = (
    ("06", "land_registry", "Văn phòng Đăng ký đất đai tỉnh Lạng Sơn", "Land Registration Office of Lạng Sơn province"),
    (
        "16",
        "immigration_police",
        "Phòng Quản lý xuất nhập cảnh, Công an tỉnh Lạng Sơn",
        "Immigration Division, police of Lạng Sơn province",
    ),
    (
        "16",
        "traffic_police",
        "Phòng Cảnh sát giao thông, Công an tỉnh Lạng Sơn",
        "Traffic Police Division, police of Lạng Sơn province",
    ),
    (
        "16",
        "records_police",
        "Phòng Hồ sơ nghiệp vụ, Công an tỉnh Lạng Sơn",
        "Records Division, police of Lạng Sơn province",
    ),
)
CENTRE, CENTRE_EN = "Trung tâm Phục vụ hành chính công", "Public Administration Service Centre"
FIRST_COMMUNE = 21


def main() -> None:
    """Write the table and say how many rows."""
    with (PACKS / "national" / "units.csv").open(encoding="utf-8", newline="") as lines:
        communes = [row for row in csv.DictReader(lines) if row["parent"] == PROVINCE and row["kind"] == "commune"]
    rows = [*of_the_province()]
    for number, commune in enumerate(communes, start=FIRST_COMMUNE):
        rows += of_a_commune(commune, f"H37.{number}")
    write(PACKS / "lang-son" / "units.csv", UNIT_COLUMNS, rows)
    former = [*of_gia_lai()]
    write(PACKS / "gia-lai" / "units.csv", UNIT_COLUMNS, former)
    print(f"{len(rows)} and {len(former)} agencies")


def of_gia_lai() -> Iterator[dict[str, str]]:
    """The committees of the province, its districts and communes, and three departments, as they were until 2025-07-01."""
    with (PACKS / "national" / "units.csv").open(encoding="utf-8", newline="") as lines:
        units = [row for row in csv.DictReader(lines) if row["valid_to"] == TODAY]
    yield former("H21", "agency", "peoples_committee", "Ủy ban nhân dân tỉnh Gia Lai", GIA_LAI)
    departments = (
        ("justice", "Sở Tư pháp"),
        ("finance", "Sở Kế hoạch và Đầu tư"),
        ("construction", "Sở Giao thông vận tải"),
    )
    for number, (designation, name) in enumerate(departments, start=1):
        yield former(f"H21.{number:02}", "department", designation, f"{name} tỉnh Gia Lai", f"H21@{FORMER}")
    districts = [row for row in units if row["parent"] == GIA_LAI]
    for number, district in enumerate(districts, start=11):
        yield former(
            f"H21.{number}", "agency", "peoples_committee", committee_of(district), f"{district['code']}@{FORMER}"
        )
        communes = [row for row in units if row["parent"] == f"{district['code']}@{FORMER}"]
        for place, commune in enumerate(communes, start=1):
            code = f"H21.{number}.{place:02}"
            yield former(code, "agency", "peoples_committee", committee_of(commune), f"{commune['code']}@{FORMER}")


def committee_of(unit: dict[str, str]) -> str:
    """The name of a unit's committee."""
    return f"Ủy ban nhân dân {unit['name'][0].lower()}{unit['name'][1:]}"


def former(code: str, kind: str, designation: str, name: str, parent: str) -> dict[str, str]:
    """One row that stood until the day the two-level order began."""
    row = agency(code, kind, designation, (name, name), parent)
    return row | {
        "valid_from": FORMER,
        "valid_to": TODAY,
        "start_known": "0",
        "note": "Mã do tinhso đặt để dựng lại số liệu.",
    }


def of_the_province() -> Iterator[dict[str, str]]:
    """The provincial committee, its departments, and the provincial one-stop centre."""
    name, name_en = "Ủy ban nhân dân tỉnh Lạng Sơn", "People's Committee of Lạng Sơn province"
    yield agency("H37", "agency", "peoples_committee", (name, name_en), PROVINCE) | {"note": REAL}
    for number, (designation, department, department_en) in enumerate(DEPARTMENTS, start=1):
        yield agency(f"H37.{number:02}", "department", designation, (department, department_en), COMMITTEE)
    for number, (department, designation, *office) in enumerate(OFFICES, start=1):
        yield agency(
            f"H37.{department}.{number:02}", "office", designation, (office[0], office[1]), f"H37.{department}@{TODAY}"
        )
    names = f"{CENTRE} tỉnh Lạng Sơn", f"{CENTRE_EN} of Lạng Sơn province"
    centre = agency("H37.20", "desk", "one_stop", names, f"H37.01@{TODAY}")
    yield centre | {"calendar": "saturday_reception", "note": f"{ASSIGNED} {SATURDAY}"}


def of_a_commune(commune: dict[str, str], code: str) -> Iterator[dict[str, str]]:
    """The committee of a commune or ward, its offices, and its one-stop centre."""
    place, short = commune["name"][0].lower() + commune["name"][1:], commune["name"].split(" ", 1)[1]
    is_ward = commune["designation"] == "ward"
    place_en = f"{short} {'ward' if is_ward else 'commune'}"
    committee = f"{code}@{TODAY}"
    names = f"Ủy ban nhân dân {place}", f"People's Committee of {place_en}"
    yield agency(code, "agency", "peoples_committee", names, f"{commune['code']}@{TODAY}")
    economy = (
        ("Phòng Kinh tế, Hạ tầng và Đô thị", "Economy, Infrastructure and Urban Affairs Office")
        if is_ward
        else ("Phòng Kinh tế", "Economy Office")
    )
    offices = (
        ("01", "office", "Văn phòng HĐND và UBND", "Office of the People's Council and People's Committee"),
        ("02", "sector_office", *economy),
        ("03", "sector_office", "Phòng Văn hóa - Xã hội", "Culture and Social Affairs Office"),
    )
    for number, designation, name, name_en in offices:
        names = f"{name} {place}", f"{name_en} of {place_en}"
        yield agency(f"{code}.{number}", "office", designation, names, committee)
    police = f"Công an {place}", f"Police of {place_en}"
    yield agency(f"{code}.05", "office", "commune_police", police, f"{commune['code']}@{TODAY}")
    yield agency(f"{code}.04", "desk", "one_stop", (f"{CENTRE} {place}", f"{CENTRE_EN} of {place_en}"), committee)


def agency(code: str, kind: str, designation: str, names: tuple[str, str], parent: str) -> dict[str, str]:
    """One row; all of them stand since the day the two-level order began."""
    return {
        "code": code,
        "kind": kind,
        "designation": designation,
        "name": names[0],
        "name_en": names[1],
        "parent": parent,
        "valid_from": TODAY,
        "agency_code": code,
        "start_known": "1",
        "note": ASSIGNED,
    }


if __name__ == "__main__":
    main()
