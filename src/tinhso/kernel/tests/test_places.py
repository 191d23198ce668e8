"""Places in time: what a code meant on a day, and what became of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.places import BareCode, Places, PlaceVersion, Succession, list_faults, place_key, split_key

OLD, NEW = date(2008, 8, 1), date(2025, 7, 1)
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def version(code, kind, name, parent="", valid_from=OLD, valid_to=None):
    return PlaceVersion(place_key(code, valid_from), code, kind, name, parent, valid_from, valid_to)


COUNTRY = version("VN", "country", "Việt Nam", valid_from=date(1945, 9, 2))
BINH_DINH = version("52", "province", "Tỉnh Bình Định", COUNTRY.key, OLD, NEW)
OLD_GIA_LAI = version("64", "province", "Tỉnh Gia Lai", COUNTRY.key, OLD, NEW)
GIA_LAI = version("52", "province", "Tỉnh Gia Lai", COUNTRY.key, NEW)
OLD_LANG_SON = version("20", "province", "Tỉnh Lạng Sơn", COUNTRY.key, OLD, NEW)
LANG_SON = version("20", "province", "Tỉnh Lạng Sơn", COUNTRY.key, NEW)
CAO_LOC = version("183", "district", "Huyện Cao Lộc", OLD_LANG_SON.key, OLD, NEW)
DONG_DANG_TOWN = version("06184", "commune", "Thị trấn Đồng Đăng", CAO_LOC.key, OLD, NEW)
PHU_XA = version("06214", "commune", "Xã Phú Xá", CAO_LOC.key, OLD, NEW)
DONG_DANG = version("06184", "commune", "Xã Đồng Đăng", LANG_SON.key, NEW)
CAO_LOC_COMMUNE = version("06211", "commune", "Xã Cao Lộc", LANG_SON.key, NEW)
VERSIONS = [
    *[COUNTRY, BINH_DINH, OLD_GIA_LAI, GIA_LAI, OLD_LANG_SON, LANG_SON, CAO_LOC],
    *[DONG_DANG_TOWN, PHU_XA, DONG_DANG, CAO_LOC_COMMUNE],
]
SUCCESSIONS = [
    Succession(BINH_DINH.key, GIA_LAI.key),
    Succession(OLD_GIA_LAI.key, GIA_LAI.key),
    Succession(OLD_LANG_SON.key, LANG_SON.key),
    Succession(DONG_DANG_TOWN.key, DONG_DANG.key),
    Succession(PHU_XA.key, DONG_DANG.key, partly=True),
    Succession(PHU_XA.key, CAO_LOC_COMMUNE.key, partly=True),
]
PLACES = Places(VERSIONS, SUCCESSIONS)


def test_one_code_is_two_provinces_on_two_days():
    assert PLACES.find("52", "province", BEFORE) == BINH_DINH
    assert PLACES.find("52", "province", AFTER) == GIA_LAI
    assert PLACES.find("64", "province", AFTER) is None


def test_a_bare_code_without_a_day_is_refused():
    with pytest.raises(BareCode) as refusal:
        PLACES.get("06184")

    assert "kèm ngày" in refusal.value.vi
    assert refusal.value.en.startswith("The code")
    with pytest.raises(BareCode):
        PLACES.moved_to("@2025-07-01", AFTER)
    with pytest.raises(KeyError):
        PLACES.get("06184@1999-01-01")


def test_a_key_tells_code_and_first_day():
    assert DONG_DANG.key == "06184@2025-07-01"
    assert split_key(DONG_DANG.key) == ("06184", NEW)
    with pytest.raises(ValueError, match="Invalid isoformat"):
        split_key("06184@hôm qua")


def test_the_last_day_of_a_place_is_the_day_before_its_end():
    assert CAO_LOC.is_valid(BEFORE)
    assert not CAO_LOC.is_valid(AFTER)
    assert not CAO_LOC.is_valid(OLD - timedelta(days=1))
    assert DONG_DANG.is_valid(date(2099, 1, 1))


def test_the_tree_is_walked_on_a_day():
    assert PLACES.children(LANG_SON.key, AFTER) == (DONG_DANG, CAO_LOC_COMMUNE)
    assert list(PLACES.descendants(OLD_LANG_SON.key, BEFORE)) == [CAO_LOC, DONG_DANG_TOWN, PHU_XA]
    assert list(PLACES.descendants(OLD_LANG_SON.key, AFTER)) == []
    assert list(PLACES.ancestors(PHU_XA.key)) == [CAO_LOC, OLD_LANG_SON, COUNTRY]


def test_a_place_is_found_again_after_a_merger_and_after_a_split():
    whole = PLACES.moved_to(DONG_DANG_TOWN.key, AFTER)
    split = PLACES.moved_to(PHU_XA.key, AFTER)

    assert [(move.place, move.partly) for move in whole] == [(DONG_DANG, False)]
    assert [(move.place, move.partly) for move in split] == [(DONG_DANG, True), (CAO_LOC_COMMUNE, True)]
    assert [move.place for move in PLACES.moved_to(PHU_XA.key, BEFORE)] == [PHU_XA]
    assert PLACES.moved_to(CAO_LOC.key, AFTER) == ()
    assert PLACES.moved_to(DONG_DANG.key, BEFORE) == ()


def test_what_a_place_was_made_of_and_went_into_is_known_one_step_each_way():
    assert {step.from_key for step in PLACES.came_from(DONG_DANG.key)} == {DONG_DANG_TOWN.key, PHU_XA.key}
    assert [step.to_key for step in PLACES.became(BINH_DINH.key)] == [GIA_LAI.key]


def test_a_split_two_reforms_ago_is_still_a_split_today():
    later = date(2030, 1, 1)
    ended = PlaceVersion(DONG_DANG.key, "06184", "commune", "Xã Đồng Đăng", LANG_SON.key, NEW, later)
    ward = version("06184", "commune", "Phường Đồng Đăng", LANG_SON.key, later)
    versions = [PHU_XA, ended, CAO_LOC_COMMUNE, ward]
    places = Places(versions, [*SUCCESSIONS, Succession(ended.key, ward.key)])

    moves = places.moved_to(PHU_XA.key, later)

    assert {(move.place.name, move.partly) for move in moves} == {("Phường Đồng Đăng", True), ("Xã Cao Lộc", True)}


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1)))
def test_on_no_day_do_two_places_of_a_kind_share_a_code(day):
    standing = [(place.kind, place.code) for place in PLACES.on(day)]

    assert len(standing) == len(set(standing))
    assert all(PLACES.find(code, kind, day) for kind, code in standing)


def test_a_sound_table_has_no_faults():
    assert list_faults(VERSIONS, SUCCESSIONS) == []


@pytest.mark.parametrize(
    ("versions", "successions", "fault"),
    [
        ([version("1", "x", "A", "2@2008-08-01")], [], "không có đơn vị cấp trên"),
        ([CAO_LOC, OLD_LANG_SON, COUNTRY, version("9", "x", "A", CAO_LOC.key)], [], "ngoài thời gian của cấp trên"),
        ([COUNTRY, version("9", "x", "A", COUNTRY.key, date(1900, 1, 1))], [], "ngoài thời gian của cấp trên"),
        ([version("9", "x", "A"), version("9", "x", "B", "", NEW)], [], "trùng thời gian"),
        ([version("9", "x", "A", "", NEW, OLD)], [], "không sau ngày bắt đầu"),
        ([PlaceVersion("9@2001-01-01", "9", "x", "A", "", OLD)], [], "khóa phải là"),
        ([COUNTRY], [Succession(COUNTRY.key, "9@2025-07-01")], "không có đơn vị này"),
        ([LANG_SON, COUNTRY], [Succession(LANG_SON.key, COUNTRY.key)], "chưa kết thúc"),
    ],
)
def test_a_table_that_contradicts_itself_is_told(versions, successions, fault):
    assert any(fault in found for found in list_faults(versions, successions))
