"""Who may act for whom: actors, posts, delegations, identity levels, what of a person's data is shown. No database, no clock."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Kind = Literal["citizen", "officer", "machine", "system"]
Sex = Literal["", "male", "female"]

RECEPTIONIST, HANDLER, LEADER, CLERK = "receptionist", "handler", "leader", "clerk"
HELPER = "helper"  # of a community team or the post: files for somebody, opens no dossier
ADMINISTRATOR, APPLICANT, SYSTEM_ROLE = "administrator", "applicant", "system"

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 12
SIGHT_PAUSE = timedelta(minutes=10)
LONGEST_DELEGATION = timedelta(days=366)
ONE_TIME_PASSWORD_LASTS = timedelta(days=7)
SEE_LEVEL, FILE_LEVEL = 1, 2  # VNeID: the first level may look, the second may file

# Why an officer opens somebody's data. Another purpose is kept in the officer's own words.
PURPOSES: Mapping[str, Promise] = {
    "handle_case": _("Xử lý hồ sơ"),
    "receive_case": _("Tiếp nhận hồ sơ"),
    "sign_result": _("Ký kết quả"),
    "deliver_result": _("Trả kết quả"),
    "counter": _("Giúp người dân tại quầy"),
    "help": _("Nộp hồ sơ giúp bạn"),
    "search": _("Tìm hồ sơ của bạn bằng số định danh"),
    "oversight": _("Kiểm tra, giám sát"),
}


class NotAllowed(Exception):
    """The actor may not do this; the message is a sentence for the person who tried."""


class Invalid(Exception):
    """What was asked cannot be so; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Post:
    """
    A role at a unit that an actor holds now, by an own post or on behalf of the officer who delegated it.

    `procedures` limits a delegated post to those procedure codes; empty means all. `title` is the code of the title that
    goes with the post; of a delegated post, that of the officer who lent it.
    """

    unit_key: str
    role: str
    on_behalf_of: str = ""
    procedures: frozenset[str] = frozenset()
    title: str = ""

    def covers(self, procedure_code: str) -> bool:
        """Whether the post reaches that procedure; a limited post never covers "any procedure" (empty code)."""
        return not self.procedures or procedure_code in self.procedures


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: public code, kind, name, the posts held at this moment; `level` is a citizen's level of identity."""

    code: str
    kind: Kind
    name: str
    posts: tuple[Post, ...] = ()
    level: int = 0

    def roles_in(self, unit_key: str, procedure_code: str = "") -> frozenset[str]:
        """The roles held at that unit; with a procedure code also those that were delegated for it alone."""
        return frozenset(post.role for post in self.posts if post.unit_key == unit_key and post.covers(procedure_code))

    def units_as(self, role: str) -> frozenset[str]:
        """The units where the actor holds the role for every procedure."""
        return frozenset(post.unit_key for post in self.posts if post.role == role and not post.procedures)


SYSTEM = Actor(code="system", kind="system", name="tinhso", posts=())


def roles_of(actor: Actor) -> frozenset[str]:
    """Every role the actor has somewhere: those of the posts, and for a citizen that of the applicant."""
    own = {APPLICANT} if actor.kind == "citizen" else set()
    return frozenset(own | {post.role for post in actor.posts})


def may_act(actor: Actor, role: str, unit_key: str, procedure_code: str = "") -> bool:
    """Whether the actor may act as `role` at the unit (in that procedure); the system may only act as `system`."""
    if actor.kind == "system":
        return role == SYSTEM_ROLE
    return role in actor.roles_in(unit_key, procedure_code)


def acts_for(actor: Actor, role: str, unit_key: str, procedure_code: str = "") -> str:
    """The officer on whose behalf the actor acts in that role, empty when by an own post (which is preferred)."""
    found = [
        post.on_behalf_of
        for post in actor.posts
        if post.role == role and post.unit_key == unit_key and post.covers(procedure_code)
    ]
    return min(found, default="")


def start_of(on: date) -> datetime:
    """Midnight in Vietnam at which that day begins."""
    return datetime.combine(on, time.min, tzinfo=VIETNAM)


def day_of(moment: datetime) -> date:
    """The day that a moment is in Vietnam."""
    return moment.astimezone(VIETNAM).date()


def last_day_before(moment: datetime) -> date:
    """The last day that something lasts which ends, exclusively, at that moment."""
    return day_of(moment - timedelta(microseconds=1))


def moment_from(on: date, now: datetime) -> datetime:
    """When something begins (or stops) that is said to do so on a day: at its first moment, today at once."""
    return max(start_of(on), now)


def sign_in_state(
    *, has_password: bool, one_time_until: datetime | None, has_second_factor: bool, now: datetime
) -> tuple[Literal["ok", "soon", "late", ""], Promise]:
    """How far an officer has got with signing in: a kind of badge and its words."""
    if not has_password:
        return "", _("Không có mật khẩu")
    if one_time_until is not None and one_time_until <= now:
        return "late", _("Mật khẩu tạm quá hạn")
    if one_time_until is not None:
        return "soon", _("Chờ đăng nhập lần đầu")
    return ("ok", _("Sẵn sàng")) if has_second_factor else ("soon", _("Chưa bật hai lớp"))


def new_code(kind: str, random: Random) -> str:
    """A public code such as "citizen:7k3m9qxd42ab": twelve random signs (31^12, over 59 bits), without look-alikes."""
    return f"{kind}:" + "".join(random.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def new_password(random: Random) -> str:
    """A one-time password such as "7k3m-9qxd-42ab-hn8t": sixteen random signs (31^16, over 79 bits), easy to read out."""
    return "-".join("".join(random.choice(CODE_ALPHABET) for _ in range(4)) for _ in range(4))


def check_sign_in_name(name: str) -> str:
    """
    The name under which an officer signs in, in small letters.

    :raises Invalid: it is not made of 3 to 60 letters without marks, digits, dots and dashes
    """
    name = name.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,59}", name):
        raise Invalid(_("Tên đăng nhập dài 3 đến 60 ký tự, chỉ gồm chữ không dấu, số, dấu chấm và gạch ngang."))
    return name


def read_procedure_codes(text: str) -> frozenset[str]:
    """The procedure codes that somebody typed, one a line or with commas or spaces between them."""
    return frozenset(code for code in re.split(r"[\s,;]+", text) if code)


def kind_of(code: str) -> Kind:
    """What stands behind a public code."""
    prefix = code.partition(":")[0]
    kinds: dict[str, Kind] = {"citizen": "citizen", "officer": "officer", "machine": "machine"}
    return kinds.get(prefix, "system")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identity provider or the desk says about a person; empty where it says nothing."""

    name: str
    personal_number: str = ""
    birth_on: date | None = None
    sex: Sex = ""
    phone: str = ""
    email: str = ""
    residence_key: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Appointment:
    """A role from a moment until another (exclusive; None: open)."""

    role: str
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class DelegationTerms:
    """From when to when (exclusive), why, and for which procedures (empty: all) a post is delegated."""

    valid_from: datetime
    valid_to: datetime
    reason: str
    procedures: frozenset[str] = frozenset()


def check_terms(terms: DelegationTerms, *, giver_code: str, receiver_code: str, now: datetime) -> None:
    """
    Refuse a delegation without an end, a reason or somebody else to take it.

    :raises Invalid: the terms cannot stand; the message says which
    """
    if giver_code == receiver_code:
        raise Invalid(_("Không thể ủy quyền cho chính mình."))
    if terms.valid_to <= terms.valid_from:
        raise Invalid(_("Ngày hết ủy quyền phải sau ngày bắt đầu."))
    if terms.valid_to <= now:
        raise Invalid(_("Thời gian ủy quyền đã qua."))
    if terms.valid_to - terms.valid_from > LONGEST_DELEGATION:
        raise Invalid(_("Mỗi lần ủy quyền không quá một năm. Hãy chọn ngày hết sớm hơn."))
    if not terms.reason.strip():
        raise Invalid(_("Hãy ghi lý do ủy quyền."))


def masked_number(personal_number: str) -> str:
    """A personal number for those who need not know it: the last three digits stay."""
    return "•" * max(0, len(personal_number) - 3) + personal_number[-3:]


def shown_number(personal_number: str, *, actor: Actor, subject_code: str, unit_key: str) -> str:
    """The number in full to its holder and to those who handle the person's case at the unit; masked to others."""
    handlers = {RECEPTIONIST, HANDLER, LEADER}
    if actor.code == subject_code or handlers & actor.roles_in(unit_key):
        return personal_number
    return masked_number(personal_number)


def masked_phone(phone: str) -> str:
    """A telephone number of which the last three digits stay."""
    return "•" * max(0, len(phone) - 3) + phone[-3:]


def purpose_text(purpose: str) -> str:
    """The purpose in words a citizen understands."""
    return str(PURPOSES.get(purpose, purpose))


PLACES: Mapping[str, Promise] = {  # lists in which officers see names
    "inbox": _("việc của cán bộ"),
    "unit": _("hồ sơ đang mở của đơn vị"),
    "signing": _("hồ sơ chờ ký hoặc đóng dấu"),
    "register": _("sổ theo dõi"),
}


def place_text(place: str) -> str:
    """The list of that code in words; the code itself where it is not known."""
    return str(PLACES.get(place, place))


def leaves_a_trace(*, actor: Actor, subject_code: str) -> bool:
    """Whether the actor's look at the subject's data is a sight: people looking at their own data and jobs are not."""
    return bool(subject_code) and actor.kind != "system" and actor.code != subject_code


def unit_of_sight(actor: Actor, unit_key: str) -> str:
    """The unit for which the actor looks: the one named where a post is held there, else that of the first post."""
    held = [post.unit_key for post in actor.posts]
    return unit_key if unit_key in held else next(iter(held), "")


def columns_not_tagged(columns: Iterable[str], personal: Mapping[str, str]) -> list[str]:
    """Columns whose name says that they hold somebody's data and that no tag covers; for the inventory's test."""
    words = ("name", "number", "phone", "email", "birth", "sex", "residence", "tax", "address")
    return [column for column in columns if column not in personal and any(word in column for word in words)]
