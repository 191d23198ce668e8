"""Each way to spoil a pack is found, in its file, on its line, in Vietnamese that names the thing."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tinhso.kernel.flow.wording import WORDING as FLOW_WORDING
from tinhso.kernel.packs import check_packs
from tinhso.kernel.packs.wording import WORDING as PACKS_WORDING

TRIAL = Path(__file__).parent / "test_packs_trial"
PROCEDURE = "trial/procedures/9.000001_2025-07-01.toml"
OPINION = "trial/procedures/opinion_2025-07-01.toml"
FORM = "trial/forms/stall_2025-07-01.toml"
NOTICES = "trial/texts/notices.toml"
CALENDARS = "trial/calendars.toml"
ROLES = "trial/roles.toml"
PACK = "trial/pack.toml"


@dataclass(frozen=True)
class Spoilt:
    """One edit of one file, the problem it makes, where (the line with `at`; after @ in the procedure), what is named."""

    code: str
    file: str
    before: str
    after: str
    at: str
    named: str


SPOILT = [
    # A table that cannot be read.
    Spoilt("missing_key", PROCEDURE, 'fact = "gathered"\n', "", "# gather", "step.6.fact"),
    Spoilt("unknown_key", PROCEDURE, 'target = "signing"\nrole = "system"', 'target = "signing"\ntaget = "x"\nrole = "system"', "taget", "step.6.taget"),
    Spoilt("wrong_type", PROCEDURE, "national = 2", 'national = "2"', 'national = "2"', "một số nguyên"),
    Spoilt("wrong_type", PROCEDURE, "national = 2", "national = true", "national = true", "một số nguyên"),
    Spoilt("wrong_type", PROCEDURE, 'aliases = []\n', 'aliases = ["quán", 2]\n', "aliases", "một danh sách chuỗi"),
    Spoilt("wrong_type", PROCEDURE, 'name = { vi = "Bản vẽ", en = "Plan" }', 'name = "Bản vẽ"', 'name = "Bản vẽ"', "paper.1.name"),
    Spoilt("wrong_code", PROCEDURE, 'code = "photo"', 'code = "Ảnh"', 'code = "Ảnh"', "“Ảnh”"),
    Spoilt("wrong_number", PROCEDURE, 'name = { vi = "Ảnh", en = "Photograph" }', 'name = { vi = "Ảnh", en = "Photograph" }\nmax_megabytes = 0', "max_megabytes = 0", "“0”"),
    Spoilt("no_number", PROCEDURE, "deadline = { amount = 3,", 'deadline = { amount = "ba",', 'amount = "ba"', "“ba”"),
    Spoilt("no_number", PROCEDURE, "deadline = { amount = 3,", "deadline = { amount = nan,", "amount = nan", "“nan”"),
    Spoilt("wrong_date", PROCEDURE, 'version = "2025-07-01"', 'version = "01/07/2025"', "01/07/2025", "“01/07/2025”"),
    Spoilt("wrong_time", PROCEDURE, 'cut_off = "15:00"', 'cut_off = "15h"', "15h", "“15h”"),
    Spoilt("wrong_condition", PROCEDURE, 'when = { field = "size", equals = "small" }', 'when = { field = "size" }', 'when = { field = "size" }', "đúng một trong"),
    Spoilt("wrong_condition", PROCEDURE, 'when = { field = "size", equals = "small" }', "when = { all = [] }", "when = { all = [] }", "all phải là danh sách"),
    Spoilt("wrong_condition", PROCEDURE, 'when = { field = "size", equals = "small" }', 'when = { not = { any = [{ equals = 1 }] } }', "when = { not", "thiếu field"),
    # States and steps by themselves.
    Spoilt("repeated_code", PROCEDURE, 'code = "photo"', 'code = "plan"', "# second plan", "“plan”"),
    Spoilt("unknown_state", PROCEDURE, 'target = "given"', 'target = "granted"', 'target = "granted"', "“granted”"),
    Spoilt("unknown_state", PROCEDURE, 'start = "filed"', 'start = "fled"', 'start = "fled"', "“fled”"),
    Spoilt("no_final_state", PROCEDURE, 'final = ["given", "refused"]', "final = []", "final = []", "trạng thái kết thúc"),
    Spoilt("final_state_with_step", PROCEDURE, 'source = "signing"', 'source = ["signing", "given"]', 'source = ["signing", "given"]', "“sign”"),
    Spoilt("final_state_with_holder", PROCEDURE, "national = 8", 'national = 8\nholder = "handler"', "# state given", "“given”"),
    Spoilt("state_nobody_holds", PROCEDURE, 'holder = "leader"\n', "", "# state signing", "“signing”"),
    Spoilt("wrong_holder", PROCEDURE, 'holder = "leader"', 'holder = "applicant"', 'holder = "applicant"', "“applicant”"),
    Spoilt("holder_without_act", PROCEDURE, 'holder = "leader"', 'holder = "handler"', "# holder of signing", "“handler”"),
    Spoilt("wait_without_limit", PROCEDURE, "limit = { amount = 10, unit = \"day\" }, ", "", "wait = {", "“completing”"),
    Spoilt("wait_without_expiry_act", PROCEDURE, ', then = "lapse" }', " }", "wait = {", "“completing”"),
    Spoilt("expiry_act_missing", PROCEDURE, 'then = "lapse"', 'then = "expire"', 'then = "expire"', "“expire”"),
    Spoilt("expiry_act_missing", PROCEDURE, 'target = "refused"\nrole = "system"', 'target = "refused"\nwhen = { field = "size", equals = "small" }\nrole = "system"', "wait = {", "“lapse”"),
    Spoilt("join_without_sub_cases", PROCEDURE, 'holder = "leader"', 'holder = "leader"\njoin = "any"', 'join = "any"', "“signing” có join"),
    Spoilt("sub_cases_without_join", PROCEDURE, 'join = "all"', 'join = "some"', 'join = "some"', "“asking”"),
    Spoilt("sub_cases_without_join", PROCEDURE, 'join = "all"\n', "", "# state asking", "“asking”"),
    Spoilt("sub_cases_without_then", PROCEDURE, 'then = "gather"\n', "", "# state asking", "“asking”"),
    Spoilt("join_act_missing", PROCEDURE, 'then = "gather"', 'then = "collect"', 'then = "collect"', "“collect”"),
    Spoilt("sub_case_without_unit", PROCEDURE, ', unit = "department" }', " }", "sub_cases = [", "“opinion”"),
    Spoilt("sub_case_without_unit", PROCEDURE, ', unit = "department" }', ', unit = "department", unit_field = "neighbour" }', "sub_cases = [", "“opinion”"),
    Spoilt("sub_cases_not_opened", PROCEDURE, 'effects = ["reset_clock", "open_sub_cases"]', 'effects = ["reset_clock"]', 'effects = ["reset_clock"]', "“supplement”"),
    Spoilt("system_act_without_cause", PROCEDURE, 'role = "leader"\nfact', 'role = "system"\nfact', "# role of sign", "“sign”"),
    Spoilt("ambiguous_act", PROCEDURE, 'when = { field = "size", equals = "large" }\neffects', "effects", "# second propose", "“propose”"),
    # The unusual turns: to another unit, and opened again.
    Spoilt("turn_not_asked", PROCEDURE, 'effects = ["extend_deadline"]', 'effects = ["extend_deadline", "move_to_unit"]', 'asks = ["extension_days"]', "unit, reasons"),
    Spoilt("unit_without_move", PROCEDURE, 'asks = ["extension_days"]', 'asks = ["extension_days", "unit"]', 'asks = ["extension_days", "unit"]', "“extend”"),
    Spoilt("moved_to_nobody", PROCEDURE, 'effects = ["pause_clock", ', 'effects = ["move_to_unit", "pause_clock", ', 'target = "completing"', "“completing”"),
    Spoilt("reopening_out_of_place", PROCEDURE, 'fact = "given"\neffects = ["stop_clock"]', 'fact = "given"\neffects = ["stop_clock", "reopen_case"]', '"reopen_case"', "“signing”"),
    Spoilt("reopened_by_nobody", PROCEDURE, 'fact = "refused"\neffects = ["stop_clock"]', 'fact = "refused"\neffects = ["stop_clock", "reopen_case"]', "# role of lapse", "“system”"),
    Spoilt("wrong_national_state", PROCEDURE, "national = 2", "national = 12", "national = 12", "“examined”"),
    Spoilt("national_move", PROCEDURE, "national = 2", "national = 4", "# target of accept", "từ trạng thái quốc gia 1 sang 4"),
    # The ways through the flow.
    Spoilt("unreachable_state", PROCEDURE, 'source = "examined"\ntarget = "completing"', 'source = "examined"\ntarget = "asking"', "# state completing", "“completing”"),
    Spoilt("dead_end", PROCEDURE, 'source = "signing"', 'source = "asking"', "# state signing", "“signing”"),
    Spoilt("circle_without_exit", PROCEDURE, 'target = "given"', 'target = "asking"', "# state signing", "“signing”"),
    Spoilt("stuck_for_some_answers", PROCEDURE, 'source = "signing"', 'source = "signing"\nwhen = { field = "tables", at_most = 9 }', "# state signing", "tables = (chưa trả lời)"),
    Spoilt("clock_never_started", PROCEDURE, '"start_clock", ', "", "deadline = {", "“9.000001”"),
    Spoilt("clock_without_deadline", OPINION, 'deadline = { amount = 2, unit = "working_day" }\n', "", "flow = {", "“opinion”"),
    Spoilt("clock_effect_out_of_place", PROCEDURE, 'effects = ["reset_clock", "open', 'effects = ["resume_clock", "pause_clock", "pause_clock", "open', '"pause_clock", "pause_clock"', "“supplement”"),
    Spoilt("clock_left_running", PROCEDURE, 'fact = "given"\neffects = ["stop_clock"]', 'fact = "given"', "# step sign", "“sign”"),
    # Deadlines.
    Spoilt("unknown_unit_of_time", PROCEDURE, 'unit = "day" }', 'unit = "week" }', "wait = {", "“week”"),
    Spoilt("impossible_deadline", PROCEDURE, 'amount = 10, unit = "day"', 'amount = 0, unit = "day"', "wait = {", "“0 day”"),
    Spoilt("impossible_deadline", PROCEDURE, 'amount = 10, unit = "day"', 'amount = 0.5, unit = "month"', "wait = {", "“0.5 month”"),
    Spoilt("impossible_deadline", PROCEDURE, "deadline = { amount = 3,", "deadline = { amount = -1,", "amount = -1", "“-1 working_day”"),
    Spoilt("cut_off_without_working_day", PROCEDURE, 'amount = 3, unit = "working_day"', 'amount = 3, unit = "day"', "cut_off", "15:00"),
    Spoilt("deadline_longer_than_case", PROCEDURE, 'deadline = { amount = 2, unit = "working_day" }', 'deadline = { amount = 4, unit = "working_day" }', "amount = 4", "“examined”"),
    Spoilt("deadline_longer_than_case", OPINION, 'deadline = { amount = 2, unit = "working_day" }', 'deadline = { amount = 1, unit = "working_day" }', "wait = {", "“asked”"),
    Spoilt("extension_more_than_once", PROCEDURE, "times = 1", "times = 2", "times = 2", "2 lần"),
    Spoilt("extension_not_given", PROCEDURE, "extension = { times = 1 }\n", "", '"extend_deadline"', "“extend”"),
    # What the procedure names and what there is.
    Spoilt("wrong_procedure_code", PROCEDURE, 'code = "9.000001"', 'code = "9-1"', 'code = "9-1"', "“9-1”"),
    Spoilt("unknown_role", PROCEDURE, 'holder = "leader"', 'holder = "chairman"', 'holder = "chairman"', "“chairman”"),
    Spoilt("unknown_role", PROCEDURE, 'wait = { for = "applicant"', 'wait = { for = "citizen"', "wait = {", "“citizen”"),
    Spoilt("unknown_form", PROCEDURE, 'form = "stall"', 'form = "shop"', 'form = "shop"', "“shop”"),
    Spoilt("unknown_form", FORM, 'version = "2025-07-01"', 'version = "2026-07-01"', "@form =", "“stall”"),
    Spoilt("missing_form", PROCEDURE, 'form = "stall"\n', "", "code = ", "“9.000001”"),
    Spoilt("unknown_field", PROCEDURE, 'when = { field = "size", equals = "small" }', 'when = { field = "seats", equals = 1 }', '"seats"', "“seats”"),
    Spoilt("unknown_field", PROCEDURE, 'unit_field = "neighbour"', 'unit_field = "nearby"', "nearby", "“nearby”"),
    Spoilt("unknown_effect", PROCEDURE, '"issue_receipt"', '"issue_reciept"', "issue_reciept", "“issue_reciept”"),
    Spoilt("unknown_effect", OPINION, 'effects = ["start_clock"]', 'effects = ["start_clock", "ring"]', '"ring"', "“ring”"),
    Spoilt("unknown_ask", PROCEDURE, 'asks = ["extension_days"]', 'asks = ["days"]', 'asks = ["days"]', "“days”"),
    Spoilt("unknown_procedure", PROCEDURE, '{ procedure = "opinion", unit = "department" }', '{ procedure = "advice", unit = "department" }', '"advice"', "“advice”"),
    Spoilt("unknown_procedure", OPINION, 'version = "2025-07-01"', 'version = "2025-07-02"', "@sub_cases = [", "“opinion”"),
    Spoilt("unknown_unit_kind", PROCEDURE, 'handled_by = ["commune"]', 'handled_by = ["village"]', "village", "“village”"),
    Spoilt("unknown_unit_kind", PROCEDURE, 'unit = "department"', 'unit = "bureau"', "bureau", "“bureau”"),
    Spoilt("unknown_service_level", PROCEDURE, 'form = "stall"', 'form = "stall"\nservice_level = "4"', "service_level", "“4”"),
    Spoilt("missing_notice", PROCEDURE, 'fact = "given"', 'fact = "granted"', 'fact = "granted"', "“cases.dossier.granted”"),
    Spoilt("missing_notice", PROCEDURE, 'fact = "extended"', 'fact = "put_off"', 'fact = "put_off"', "“cases.dossier.put_off”"),
    Spoilt("missing_told", PROCEDURE, 'told = { vi = "Chờ ký.", en = "To be signed." }\n', "", "# state signing", "“signing”"),
    Spoilt("missing_translation", PROCEDURE, '{ vi = "Trình", en = "Propose" }', '{ vi = "Trình" }', '{ vi = "Trình" }', "tiếng Anh"),
    Spoilt("missing_translation", PROCEDURE, '{ vi = "Chờ ký.", en = "To be signed." }', '{ en = "To be signed." }', '{ en = "To be signed." }', "tiếng Việt"),
    Spoilt("missing_translation", PACK, '{ vi = "Thử", en = "Trial" }', '{ vi = "Thử" }', "name", "“Thử”"),
    # Folders and files.
    Spoilt("missing_pack", PACK, 'requires = ["base"]', 'requires = ["basis"]', "requires", "“basis”"),
    Spoilt("circle_of_packs", "base/pack.toml", 'name = { vi = "Nền", en = "Base" }', 'name = { vi = "Nền", en = "Base" }\nrequires = ["trial"]', "requires", "trial → base → trial"),
    Spoilt("pack_in_wrong_folder", PACK, 'code = "trial"', 'code = "trail"', "code", "“trail”"),
    Spoilt("wrong_toml", FORM, "max = 50", "max = = 50", "max = = 50", "TOML"),
    Spoilt("wrong_toml", PACK, 'requires = ["base"]', 'requires = ["base"', "requires", "TOML"),
    Spoilt("not_utf_8", ROLES, "Lãnh đạo", "L\udce3nh", "L\udce3nh", "UTF-8"),
    Spoilt("wrong_file_name", PROCEDURE, 'version = "2025-07-01"', 'version = "2025-07-02"', "code = ", "“9.000001_2025-07-02.toml”"),
    Spoilt("repeated_role", ROLES, 'scope = "unit"', 'scope = "unit"\n\n[[role]]\ncode = "leader" # again\nname = { vi = "Lãnh đạo", en = "Leader" }', "# again", "“leader”"),
    Spoilt("unknown_scope", ROLES, 'scope = "unit"', 'scope = "world"', "scope", "“world”"),
    Spoilt("repeated_notice", NOTICES, 'fact = "cases.dossier.given"', 'fact = "cases.dossier.extended" # again', "# again", "“cases.dossier.extended”"),
    Spoilt("unknown_shared", PROCEDURE, 'flow = { start = "filed",', 'flow = { like = "counter", start = "filed",', "flow =", "“counter”"),
    Spoilt("unknown_shared_part", PROCEDURE, 'flow = { start = "filed",', 'flow = { like = "shared", without = ["sleeping"], start = "filed",', "flow =", "“sleeping”"),
    Spoilt("unknown_channel", PROCEDURE, 'deadline = { amount = 3,', 'limit = [{ channels = ["pigeon"], deadline = { amount = 4, unit = "working_day" } }]\ndeadline = { amount = 3,', "limit =", "“pigeon”"),
    Spoilt("unknown_field", PROCEDURE, 'form = "stall"', 'form = "stall"\nvariant = "colour"', "variant", "“colour”"),
    Spoilt("circle_of_sub_cases", OPINION, 'holder = "handler"', 'holder = "handler"\nsub_cases = [{ procedure = "9.000001", unit = "agency" }]', "sub_cases", "opinion → 9.000001 → opinion"),
    Spoilt("wrong_calendar", CALENDARS, 'code = "national"\n', "", "[[calendar]]", "calendar"),
    # Forms.
    Spoilt("unknown_kind", FORM, 'kind = "number"', 'kind = "integer"', 'kind = "integer"', "“integer”"),
    Spoilt("repeated_page", FORM, 'code = "people"', 'code = "stall" # again', "# again", "“stall”"),
    Spoilt("repeated_field", FORM, 'code = "seller_name"', 'code = "tables" # again', "# again", "“tables”"),
    Spoilt("repeated_option", FORM, 'code = "large", name', 'code = "small", name', '{ vi = "To"', "“small”"),
    Spoilt("page_without_fields", FORM, '[[page]]\ncode = "people"', '[[page]]\ncode = "rest"\ntitle = { vi = "Khác", en = "Rest" }\n\n[[page]]\ncode = "people"', "# page rest", "“rest”"),
    Spoilt("choice_without_options", FORM, 'kind = "number"', 'kind = "choice"', "# field tables", "“tables”"),
    Spoilt("options_without_choice", FORM, 'kind = "choice"', 'kind = "text"', "options = [", "“size”"),
    Spoilt("group_without_fields", FORM, 'kind = "number"', 'kind = "group"', "# field tables", "“tables”"),
    Spoilt("fields_without_group", FORM, 'kind = "group"', 'kind = "text"', "# field sellers", "“sellers”"),
    Spoilt("group_in_group", FORM, 'kind = "phone"', 'kind = "group"', "# kind of phone", "“seller_phone”"),
    Spoilt("wrong_bounds", FORM, "max = 50", "max = 0", "# min of tables", "“tables”"),
    Spoilt("unknown_field", FORM, 'when = { field = "seller_name", filled = true }', 'when = { field = "seller", filled = true }', '"seller"', "“seller”"),
    Spoilt("partial_without_date", FORM, 'kind = "number"', 'kind = "number"\npartial = true', "partial", "“tables”"),
    Spoilt("field_asked_later", FORM, 'when = { field = "size", equals = "large" }', 'when = { field = "tables", at_least = 3 }', "at_least", "“tables”"),
    Spoilt("unknown_option", FORM, 'when = { field = "size", equals = "large" }', 'when = { field = "size", equals = "huge" }', "huge", "“huge”"),
    Spoilt("unknown_prefill", FORM, '"person.name"', '"person.shoe_size"', "shoe_size", "“person.shoe_size”"),
    Spoilt("wrong_default", FORM, 'kind = "number"', 'kind = "number"\ndefault = "nhiều"', "default", "“nhiều”"),
    Spoilt("missing_key", FORM, 'kind = "number"\n', "", "# field tables", "page.1.field.3.kind"),
    Spoilt("missing_translation", FORM, '{ vi = "To", en = "Large" }', '{ vi = "To" }', '{ vi = "To" }', "“To”"),
    # Notices.
    Spoilt("wrong_fact", NOTICES, 'fact = "cases.dossier.given"', 'fact = "given"', 'fact = "given"', "“given”"),
    Spoilt("notice_without_text", NOTICES, 'in_app = { vi = "Đã cấp {code}.", en = "Given {code}." }', "", "# notice given", "“cases.dossier.given”"),
    Spoilt("unknown_placeholder", NOTICES, "Hẹn lại {code}", "Hẹn lại {codes}", "{codes}", "{codes}"),
    Spoilt("wrong_braces", NOTICES, "Hẹn lại {code}", "Hẹn lại {code", "{code.", "“cases.dossier.extended”"),
    Spoilt("sms_with_diacritics", NOTICES, "Da tiep nhan", "Đã tiep nhan", "Đã tiep", "“Đã”"),
    Spoilt("sms_too_long", NOTICES, "Da tiep nhan", "Da tiep nhan " + "that " * 30, "that that", "160"),
    Spoilt("sms_too_long", NOTICES, "Da tiep nhan", "Da tiep nhan {procedure} {unit} {procedure} {link}", "Da tiep nhan", "160"),
    Spoilt("email_without_subject", NOTICES, 'email_subject = { vi = "Đã tiếp nhận", en = "Accepted" }\n', "", "# notice accepted", "email_subject"),
    Spoilt("missing_translation", NOTICES, '{ vi = "Hẹn lại {code}.", en = "Put off {code}." }', '{ vi = "Hẹn lại {code}." }', "Hẹn lại", "tiếng Anh"),
]  # fmt: skip


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    shutil.copytree(TRIAL, tmp_path / "packs")
    procedure = tmp_path / "packs" / PROCEDURE
    procedure.write_text(
        procedure.read_text("utf-8").replace('form = "stall"', 'aliases = []\nform = "stall"'), "utf-8"
    )
    return tmp_path / "packs"


# Lines that have no words of their own to be known by: the header or line that stands for a place.
LANDMARKS = {
    "# gather": (r'\[\[step\]\]\nact = "gather"', 0),
    "# second plan": (r'\[\[paper\]\]\ncode = "plan"\nname = \{ vi = "Ảnh"', 1),
    "# holder of signing": (r'code = "signing"(\n.+)+?\nholder', -1),
    "# role of sign": (r'act = "sign"(\n.+)+?\nrole', -1),
    "# role of lapse": (r'act = "lapse"(\n.+)+?\nrole', -1),
    "# second propose": (r'\[\[step\]\]\nact = "propose"\nname = \{ vi = "Trình sau', 0),
    "# target of accept": (r'act = "accept"(\n.+)+?\ntarget', -1),
    "# page rest": (r'\[\[page\]\]\ncode = "rest"', 0),
    "# kind of phone": (r'code = "seller_phone"\nkind', 1),
    "# min of tables": (r'code = "tables"(\n.+)+?\nmin', -1),
}
PLAIN_LANDMARK = re.compile(r"# (state|step|field|notice) (\w+)")
HEADERS = {
    "state": r'\[\[state\]\]\ncode = "{}"',
    "step": r'\[\[step\]\]\nact = "{}"',
    "field": r'\[\[page\.field\]\]\ncode = "{}"',
    "notice": r'\[\[notice\]\]\nfact = "cases\.dossier\.{}"',
}


def line_of(text: str, at: str) -> int:
    """The line (from 1) that a landmark or a piece of text stands on."""
    if plain := PLAIN_LANDMARK.fullmatch(at):
        pattern, offset = HEADERS[plain[1]].format(plain[2]), 0
    else:
        pattern, offset = LANDMARKS.get(at, (re.escape(at), 0))
    found = re.search(pattern, text)
    assert found, at
    where = found.end() if offset == -1 else found.start()
    return text.count("\n", 0, where) + 1 + max(offset, 0)


def test_the_trial_pack_is_sound(packs: Path) -> None:
    assert check_packs(packs, ["trial"]) == []


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda spoilt: f"{spoilt.code}:{spoilt.named}")
def test_a_spoilt_pack_says_what_is_wrong_and_where(packs: Path, spoilt: Spoilt) -> None:
    path = packs / spoilt.file
    text = path.read_text("utf-8")
    assert spoilt.before in text
    text = text.replace(spoilt.before, spoilt.after, 1)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    expected_file = PROCEDURE if spoilt.at.startswith("@") else spoilt.file
    text = (packs / expected_file).read_text("utf-8", "surrogateescape")

    found = [problem for problem in check_packs(packs, ["trial"]) if problem.code == spoilt.code]

    assert found, [problem.code for problem in check_packs(packs, ["trial"])]
    places = {(problem.path, problem.line) for problem in found}
    assert (str(packs / expected_file), line_of(text, spoilt.at.removeprefix("@"))) in places
    assert any(spoilt.named in problem.vi for problem in found)
    assert all(problem.en and problem.en != problem.vi for problem in found)


def test_one_act_of_two_roles_is_sound_when_it_ends_alike(packs: Path) -> None:
    step = """
[[step]]
act = "decline"
name = { vi = "Không nhận", en = "Decline" }
source = "filed"
target = "refused"
role = "leader"
fact = "refused"
asks = ["reasons"]
"""
    path = packs / PROCEDURE
    text = path.read_text("utf-8")
    path.write_text(text + step, "utf-8")
    assert check_packs(packs, ["trial"]) == []
    path.write_text(
        text + step.replace('target = "refused"', 'target = "examined"\neffects = ["start_clock"]'), "utf-8"
    )
    assert [problem.code for problem in check_packs(packs, ["trial"])] == ["ambiguous_act"]


def test_every_kind_of_problem_is_provoked_here() -> None:
    assert {spoilt.code for spoilt in SPOILT} == {*FLOW_WORDING, *PACKS_WORDING, "wrong_calendar"}


def test_checking_does_not_stop_at_the_first_problem(packs: Path) -> None:
    for spoilt in (
        each for each in SPOILT if each.code in ("wrong_toml", "sms_with_diacritics", "unknown_scope", "unknown_role")
    ):
        path = packs / spoilt.file
        path.write_text(path.read_text("utf-8").replace(spoilt.before, spoilt.after, 1), "utf-8")

    found = check_packs(packs, ["trial"])

    assert {problem.code for problem in found} >= {"wrong_toml", "sms_with_diacritics", "unknown_scope", "unknown_role"}
    assert [(problem.path, problem.line) for problem in found] == sorted(
        (problem.path, problem.line) for problem in found
    )
