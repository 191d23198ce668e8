"""The forms of the workspace's pages: an officer, a post, its end, a delegation."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.platform.people import queries, rules
from tinhso.platform.people.pages.forms import Shown
from tinhso.platform.people.rules import Appointment, DelegationTerms

Choices = Sequence[tuple[str, str]]


def _day(**options: Any) -> forms.DateField:
    wrong = {"invalid": _("Hãy nhập ngày theo dạng ngày/tháng/năm, như 31/12/2026.")}
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d"), error_messages=wrong, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)  # fmt: skip


class Dated(Shown, forms.Form):
    """A form about days, none of them in the past."""

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, today = now, rules.day_of(now)
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField):
                field.validators.append(self._not_past(today))
                if field.required and name != "last_on":
                    field.initial = today

    @staticmethod
    def _not_past(today: date) -> Any:
        def check(on: date) -> None:
            if on < today:
                raise ValidationError(gettext("Ngày này đã qua. Hãy chọn từ hôm nay trở đi."))
            if on.year > today.year + 100:
                raise ValidationError(gettext("Ngày này xa quá. Hãy xem lại năm."))

        return check

    def _end(self) -> datetime | None:
        last: date | None = self.cleaned_data.get("last_on")
        return rules.start_of(date.fromordinal(last.toordinal() + 1)) if last else None


class TakeOn(Dated):
    """A new officer, with a first post or without."""

    labels = {
        "name": _("Họ và tên"),
        "sign_in_name": _("Tên đăng nhập"),
        "role": _("Vị trí đầu tiên"),
        "starts_on": _("Giữ vị trí từ ngày"),
        "last_on": _("Đến hết ngày"),
    }
    hints = {
        "sign_in_name": _("Chữ không dấu, số, dấu chấm. Ví dụ: nguyen.van.a"),
        "last_on": _("Để trống nếu không hẹn trước."),
    }
    optional = frozenset({"role", "last_on"})

    name = forms.CharField(max_length=120)
    sign_in_name = forms.CharField(max_length=60)
    role = forms.ChoiceField(required=False)
    starts_on = _day()
    last_on = _day(required=False)

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", ""), *roles]  # type: ignore[attr-defined]

    def clean_sign_in_name(self) -> str:
        """The sign-in name in small letters."""
        try:
            return rules.check_sign_in_name(self.cleaned_data["sign_in_name"])
        except rules.Invalid as wrong:
            raise ValidationError(str(wrong)) from wrong

    def appointment(self) -> Appointment | None:
        """The first post, or None."""
        if not (role := self.cleaned_data["role"]):
            return None
        return Appointment(role, rules.moment_from(self.cleaned_data["starts_on"], self.now), self._end())


class Appoint(Dated):
    """One more post at one of the units that the administrator looks after."""

    labels = {
        "unit": _("Đơn vị"),
        "role": _("Vị trí"),
        "title": _("Chức danh khi ký"),
        "starts_on": _("Giữ vị trí từ ngày"),
        "last_on": _("Đến hết ngày"),
    }
    hints = {
        "title": _("Chỉ cho người ký. Ví dụ: Phó Chủ tịch. Để trống là người đứng đầu."),
        "last_on": _("Để trống nếu không hẹn trước."),
    }
    optional = frozenset({"title", "last_on"})

    unit = forms.ChoiceField()
    role = forms.ChoiceField()
    title = forms.CharField(max_length=60, required=False)
    starts_on = _day()
    last_on = _day(required=False)

    def __init__(self, *args: Any, units: Choices, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]
        self.fields["role"].choices = list(roles)  # type: ignore[attr-defined]

    def appointment(self) -> Appointment:
        """The post as it was asked for."""
        start = rules.moment_from(self.cleaned_data["starts_on"], self.now)
        return Appointment(self.cleaned_data["role"], start, self._end())


class EndPost(Dated):
    """From which day a post is not held any more."""

    labels = {"ends_on": _("Thôi giữ vị trí từ ngày")}
    hints = {"ends_on": _("Chọn hôm nay thì thôi giữ ngay lúc này.")}

    ends_on = _day()

    def moment(self) -> datetime:
        """When the post ends."""
        return rules.moment_from(self.cleaned_data["ends_on"], self.now)


class Lend(Dated):
    """To whom a post is lent, for how long, for what, why."""

    labels = {
        "receiver": _("Người được ủy quyền"),
        "starts_on": _("Từ ngày"),
        "last_on": _("Đến hết ngày"),
        "procedures": _("Chỉ cho các thủ tục"),
        "reason": _("Lý do"),
    }
    hints = {
        "last_on": _("Không quá một năm. Hết ngày này, việc ủy quyền tự hết."),
        "procedures": _("Mã thủ tục, mỗi dòng một mã, ví dụ 1.001193. Để trống là mọi thủ tục của vị trí này."),
        "reason": _("Ví dụ: đi công tác, nghỉ phép. Người quản trị đọc được lý do này."),
    }
    optional = frozenset({"procedures"})

    receiver = forms.ChoiceField()
    starts_on = _day()
    last_on = _day()
    procedures = forms.CharField(required=False, widget=forms.Textarea, max_length=2000)
    reason = forms.CharField(max_length=500)

    def __init__(self, *args: Any, receivers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = [("", ""), *receivers]  # type: ignore[attr-defined]

    def clean_procedures(self) -> frozenset[str]:
        """The codes, each known to a pack: a mistyped one would lend nothing, silently."""
        codes = rules.read_procedure_codes(self.cleaned_data["procedures"])
        if unknown := queries.find_unknown_procedures(codes):
            raise ValidationError(gettext("Không có thủ tục mang mã: %(codes)s.") % {"codes": ", ".join(unknown)})
        return codes

    def terms(self) -> DelegationTerms:
        """The delegation as it was asked for."""
        said: Mapping[str, Any] = self.cleaned_data
        end = self._end()
        assert end
        return DelegationTerms(rules.moment_from(said["starts_on"], self.now), end, said["reason"], said["procedures"])
