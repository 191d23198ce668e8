"""The real units: how many there are on a day, what a code meant, and what became of a place."""

from collections import Counter
from datetime import date

import pytest

from tinhso.kernel.places import BareCode
from tinhso.platform.units import models, queries

BEFORE, AFTER, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 21)
LANG_SON, OLD_LANG_SON = "20@2025-07-01", "20@2008-08-01"
DONG_DANG = "06184@2025-07-01"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def units_of(province, on, kind):
    return list(queries.get_units(queries.list_descendant_keys(province, on, kinds=[kind])).values())


def designations(units):
    return dict(Counter(unit.designation for unit in units))


# Counts


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (BEFORE, {"province": 63, "district": 696, "commune": 10_035}),
        (AFTER, {"province": 34, "district": 0, "commune": 3_321}),
        (date(2024, 12, 31), {"province": 63}),
        (date(2008, 8, 1), {"province": 63}),
        (date(2008, 7, 31), {"province": 0}),
    ],
)
def test_the_country_has_as_many_units_as_the_law_of_the_day_says(on, counts):
    assert {kind: queries.count_units(on, kind) for kind in counts} == counts


def test_lang_son_has_four_wards_and_sixty_one_communes_today():
    assert designations(units_of(LANG_SON, TODAY, "commune")) == {"ward": 4, "rural_commune": 61}
    assert units_of(LANG_SON, TODAY, "district") == []


def test_lang_son_had_eleven_districts_and_194_communes_until_the_end_of_june_2025():
    assert len(units_of(OLD_LANG_SON, BEFORE, "district")) == 11
    assert designations(units_of(OLD_LANG_SON, BEFORE, "commune")) == {"ward": 5, "township": 14, "rural_commune": 175}
    assert units_of(OLD_LANG_SON, AFTER, "commune") == []


def test_every_former_commune_district_and_province_has_successors_that_stand_today():
    former = models.Unit.objects.filter(valid_to__lte=AFTER).values_list("key", flat=True)
    steps = set(models.Succession.objects.values_list("from_key", flat=True))
    heirs = models.Succession.objects.exclude(from_key="46@2008-08-01").values_list("to_key", flat=True)

    assert set(former) == steps
    assert set(heirs) - {"46@2025-01-01"} <= set(
        models.Unit.objects.filter(valid_to=None).values_list("key", flat=True)
    )


def test_every_commune_of_today_was_made_of_something():
    today = models.Unit.objects.filter(kind="commune", valid_to=None).values_list("key", flat=True)

    assert set(today) <= set(models.Succession.objects.values_list("to_key", flat=True))


def test_two_former_communes_of_lang_son_were_split():
    former = {unit.key: unit.name for unit in units_of(OLD_LANG_SON, BEFORE, "commune")}
    split = models.Succession.objects.filter(from_key__in=former, partly=True).values_list("from_key", flat=True)

    assert {former[key] for key in split} == {"Xã Bính Xá", "Xã Kiên Mộc"}


def test_hong_phong_of_binh_gia_was_not_moved_across_the_province_by_its_namesake():
    binh_gia, cao_loc = [unit for unit in units_of(OLD_LANG_SON, BEFORE, "commune") if unit.name == "Xã Hồng Phong"]

    assert [unit.name for unit, _ in queries.successors_of(binh_gia.key, TODAY)] == ["Xã Hồng Phong"]
    assert [unit.name for unit, _ in queries.successors_of(cao_loc.key, TODAY)] == ["Xã Đồng Đăng"]


def test_no_code_means_two_units_of_a_kind_on_one_day():
    assert queries.list_overlaps() == []
    again = {"key": "20@2026-01-01", "name": "Tỉnh Khác", "path": ["20@2026-01-01"], "valid_from": date(2026, 1, 1)}
    models.Unit.objects.create(code="20", kind="province", **again)
    assert queries.list_overlaps() == [(LANG_SON, "20@2026-01-01")]


# Codes and days


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("20", "Tỉnh Lạng Sơn", "Tỉnh Lạng Sơn"),
        ("15", "Tỉnh Yên Bái", "Tỉnh Lào Cai"),
        ("52", "Tỉnh Bình Định", "Tỉnh Gia Lai"),
        ("24", "Tỉnh Bắc Giang", "Tỉnh Bắc Ninh"),
        ("44", "Tỉnh Quảng Bình", "Tỉnh Quảng Trị"),
        ("80", "Tỉnh Long An", "Tỉnh Tây Ninh"),
        ("82", "Tỉnh Tiền Giang", "Tỉnh Đồng Tháp"),
        ("91", "Tỉnh Kiên Giang", "Tỉnh An Giang"),
    ],
)
def test_a_province_code_is_read_by_the_day(code, before, after):
    assert queries.find_unit(code, "province", BEFORE).name == before
    assert queries.find_unit(code, "province", AFTER).name == after


def test_codes_that_were_retired_mean_nothing_after():
    assert queries.find_unit("64", "province", BEFORE).name == "Tỉnh Gia Lai"
    assert queries.find_unit("64", "province", AFTER) is None
    assert queries.find_unit("10", "province", AFTER) is None


def test_hue_became_a_city_half_a_year_before_the_reform():
    assert queries.find_unit("46", "province", date(2024, 12, 31)).name == "Tỉnh Thừa Thiên Huế"
    assert queries.find_unit("46", "province", date(2025, 1, 1)).designation == "city"
    assert [unit.key for unit, _ in queries.successors_of("46@2008-08-01", TODAY)] == ["46@2025-07-01"]


def test_a_bare_code_is_refused_everywhere_a_key_is_asked_for():
    asked = [
        queries.get_unit,
        queries.predecessors_of,
        queries.list_ancestors,
        queries.list_seats,
        lambda code: queries.list_children(code, TODAY),
        lambda code: queries.list_descendant_keys(code, TODAY),
        lambda code: queries.successors_of(code, TODAY),
        lambda code: queries.get_calendar(code, TODAY),
        lambda code: queries.get_agency_code(code, TODAY),
        lambda code: queries.find_nearest(code, "commune", TODAY),
    ]
    for ask in asked:
        with pytest.raises(BareCode):
            ask("06184")


def test_a_key_of_no_unit_is_told_and_not_remembered():
    key = "99999@2026-01-01"
    with pytest.raises(queries.NoSuchUnit, match=key):
        queries.get_unit(key)
    with pytest.raises(queries.NoSuchUnit):
        queries.successors_of(key, TODAY)

    models.Unit.objects.create(key=key, code="99999", kind="commune", path=[key], valid_from=date(2026, 1, 1))

    assert queries.get_unit(key).code == "99999"


# The tree


def test_the_tree_is_walked_up_and_down():
    committee = queries.list_children(DONG_DANG, TODAY)
    desk = queries.find_nearest(DONG_DANG, "desk", TODAY)

    assert [unit.name for unit in committee] == ["Ủy ban nhân dân xã Đồng Đăng", "Công an xã Đồng Đăng"]
    assert desk.name == "Trung tâm Phục vụ hành chính công xã Đồng Đăng"
    assert [unit.name for unit in queries.list_ancestors(desk.key)] == [
        "Ủy ban nhân dân xã Đồng Đăng",
        "Xã Đồng Đăng",
        "Tỉnh Lạng Sơn",
        "Việt Nam",
    ]


def test_the_provinces_children_come_by_kind_and_vietnamese_alphabet():
    names = [unit.short_name for unit in queries.list_children(LANG_SON, TODAY, kinds=["commune"])]

    assert names[:5] == ["Ba Sơn", "Bắc Sơn", "Bằng Mạc", "Bình Gia", "Cai Kinh"]
    assert names[-1] == "Yên Phúc"
    assert names.index("Đoàn Kết") > names.index("Công Sơn")


def test_the_nearest_unit_of_a_kind_is_itself_then_above_then_below():
    desk = queries.find_nearest(DONG_DANG, "one_stop", TODAY)

    assert queries.find_nearest(DONG_DANG, "commune", TODAY).key == DONG_DANG
    assert queries.find_nearest(desk.key, "commune", TODAY).key == DONG_DANG
    assert queries.find_nearest(DONG_DANG, "province", TODAY).key == LANG_SON
    assert queries.find_nearest(DONG_DANG, "sector_office", TODAY).name == "Phòng Kinh tế xã Đồng Đăng"
    assert queries.find_nearest(DONG_DANG, "inspectorate", TODAY).name == "Thanh tra tỉnh Lạng Sơn"
    with pytest.raises(queries.NoSuchUnit, match="school"):
        queries.find_nearest(DONG_DANG, "school", TODAY)


def test_each_commune_of_lang_son_has_its_committee_its_offices_and_its_desk():
    for unit in units_of(LANG_SON, TODAY, "commune"):
        below = Counter(unit.kind for unit in queries.get_units(queries.list_descendant_keys(unit.key, TODAY)).values())
        assert below == {"agency": 1, "office": 4, "desk": 1}, unit.name


def test_agency_codes_are_given_once_and_a_commune_issues_under_its_committees():
    codes = [unit.agency_code for unit in queries.get_units(queries.list_descendant_keys(LANG_SON, TODAY)).values()]
    given = [code for code in codes if code]

    assert len(given) == len(set(given)) == 414
    assert queries.get_agency_code(DONG_DANG, TODAY) == "H37.44"
    assert queries.get_agency_code(LANG_SON, TODAY) == "H37"
    assert queries.get_agency_code("H37.44.04@2025-07-01", TODAY) == "H37.44.04"
    with pytest.raises(queries.NoSuchUnit):
        queries.get_agency_code("01@2025-07-01", TODAY)


def test_every_assigned_agency_code_says_that_it_is_not_the_real_one():
    notes = models.Unit.objects.filter(agency_code__startswith="H37.").values_list("note", flat=True)

    assert len(notes) == 413
    assert all(note.startswith("Mã do tinhso tạm đặt") for note in notes)


# Before and after


def test_dong_dang_is_made_of_five_places_and_found_from_each():
    made_of = {unit.name: partly for unit, partly in queries.predecessors_of(DONG_DANG) if unit.kind == "commune"}

    assert made_of == dict.fromkeys(
        ["Thị trấn Đồng Đăng", "Xã Bảo Lâm", "Xã Hồng Phong", "Xã Phú Xá", "Xã Thụy Hùng"], False
    )
    assert [(unit.key, partly) for unit, partly in queries.successors_of("06214@2008-08-01", TODAY)] == [
        (DONG_DANG, False)
    ]


def test_a_unit_is_itself_while_it_stands_and_nothing_before():
    assert [unit.key for unit, _ in queries.successors_of("06214@2008-08-01", BEFORE)] == ["06214@2008-08-01"]
    assert queries.successors_of(DONG_DANG, BEFORE) == []


def test_a_district_went_into_the_communes_on_its_land():
    heirs = queries.successors_of("183@2008-08-01", TODAY)

    assert len(heirs) == 8
    assert all(partly for _, partly in heirs)
    assert "Xã Đồng Đăng" in {unit.name for unit, _ in heirs}


def test_an_island_district_without_communes_became_a_special_zone():
    assert [(unit.name, partly) for unit, partly in queries.successors_of("318@2008-08-01", TODAY)] == [
        ("Đặc khu Bạch Long Vĩ", False)
    ]


# Names


@pytest.mark.parametrize("typed", ["đồng đăng", "dong dang", "Xã ĐỒNG  ĐĂNG", "xa dong dang"])
def test_a_commune_is_found_by_name_however_it_is_typed(typed):
    assert queries.find_units_by_name(typed, TODAY, kinds=["commune"])[0].key == DONG_DANG


def test_a_name_is_looked_for_on_a_day_and_below_a_unit():
    assert queries.find_units_by_name("dong dang", BEFORE)[0].name == "Thị trấn Đồng Đăng"
    everywhere = queries.find_units_by_name("hồng phong", TODAY, kinds=["commune"])
    here = queries.find_units_by_name("hồng phong", TODAY, kinds=["commune"], within=LANG_SON)

    assert len(everywhere) > len(here) == 1
    assert queries.find_units_by_name("", TODAY) == queries.find_units_by_name("không có xã này", TODAY) == []
    assert len(queries.find_units_by_name("xã", TODAY, limit=7)) == 7


def test_names_have_an_english_form_and_a_short_one():
    ward = queries.find_units_by_name("phường tam thanh", TODAY)[0]

    assert (ward.short_name, ward.name_in("vi"), ward.name_in("en")) == (
        "Tam Thanh",
        "Phường Tam Thanh",
        "Tam Thanh ward",
    )
    assert queries.get_unit(LANG_SON).name_en == "Lạng Sơn province"


# Seats


def test_a_commune_and_the_province_have_the_seats_of_the_pack():
    commune = {seat.role: seat for seat in queries.list_seats(DONG_DANG)}

    assert set(commune) == {"receptionist", "handler", "leader", "clerk", "administrator", "helper"}
    assert commune["clerk"].title_vi == "Văn thư"
    assert {seat.role for seat in queries.list_seats(LANG_SON)} == {
        "administrator",
        "leader",
        "operator",
        "statistician",
    }
    assert models.Seat.objects.filter(role="receptionist", unit_key__regex=r"^\d").count() == 65
