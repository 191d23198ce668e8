"""The officers' forms of sign-in, in Vietnamese, and shown with the field component of the design system."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base import forms as factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

KINDS: dict[type, str] = {
    forms.PasswordInput: "password",
    forms.CheckboxInput: "checkboxes",
    forms.Select: "select",
    forms.Textarea: "textarea",
    forms.DateInput: "date",
}


class Shown:
    """Puts our labels on a form's fields and hands them to the components `field` and `error_summary`."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    optional: frozenset[str] = frozenset()
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
            what = {"label": str(label).lower()}
            chosen = isinstance(self.fields[name], forms.ChoiceField)
            sentence = gettext("Hãy chọn: %(label)s.") if chosen else gettext("Hãy nhập: %(label)s.")
            self.fields[name].error_messages |= {"required": sentence % what, "invalid_choice": sentence % what}

    @property
    def shown_fields(self) -> list[dict[str, Any]]:
        """What the component `field` needs, for each visible field."""
        return [self._shown(bound) for bound in self.visible_fields()]  # type: ignore[attr-defined]

    @property
    def shown_errors(self) -> list[dict[str, str]]:
        """What the component `error_summary` needs: every error, tied to its field."""
        errors = self.errors.items()  # type: ignore[attr-defined]
        return [
            {"text": text, "href": f"#id_{name}" if name in self.fields else ""}
            for name, texts in errors
            for text in texts
        ]

    def _shown(self, bound: forms.BoundField) -> dict[str, Any]:
        kind = KINDS.get(type(bound.field.widget), "text")
        shown = {
            "kind": kind,
            "name": bound.name,
            "id": bound.auto_id,
            "label": bound.label,
            "hint": self.hints.get(bound.name, ""),
            "error": " ".join(str(error) for error in bound.errors),
            "value": "" if kind == "password" else str(bound.value() or ""),
            "autocomplete": bound.field.widget.attrs.get("autocomplete", ""),
            "inputmode": "numeric" if bound.name == "code" else "",
            "spellcheck": False,
            "required": bound.field.required,
            "optional": bound.name in self.optional,
        }
        if kind == "select":
            shown["options"] = [{"value": value, "text": text} for value, text in bound.field.choices if value]  # type: ignore[attr-defined]
            shown["no_blank"] = bound.field.required and bool(bound.value())
        if kind == "checkboxes":
            shown |= {"label": "", "options": [{"value": "on", "text": bound.label, "selected": bool(bound.value())}]}
        return shown


class SignIn(Shown, LoginForm):
    """Sign-in name and password."""

    labels = {"login": _("Tên đăng nhập"), "password": _("Mật khẩu")}


class ChangePassword(Shown, ChangePasswordForm):
    """The old password and twice the new one."""

    labels = {
        "oldpassword": _("Mật khẩu hiện tại"),
        "password1": _("Mật khẩu mới"),
        "password2": _("Nhập lại mật khẩu mới"),
    }
    hints = {"password1": _("Ít nhất 10 ký tự. Một câu dài dễ nhớ thì tốt hơn một từ khó.")}

    def clean_password1(self) -> str:
        """The new password, when it is new: a one-time password that is kept would stay known to two people."""
        chosen: str = self.cleaned_data["password1"]  # type: ignore[attr-defined]
        if self.user.check_password(chosen):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("same_as_current")
        return chosen


class ConfirmPassword(Shown, ReauthenticateForm):
    """The password once more."""

    labels = {"password": _("Mật khẩu")}


class _Code(Shown):
    labels = {"code": _("Mã 6 chữ số")}


class SecondStep(_Code, factor.AuthenticateForm):
    """The code of the app, or a spare code."""

    hints = {"code": _("Mở ứng dụng tạo mã trên điện thoại. Mất điện thoại thì nhập một mã dự phòng.")}


class ConfirmCode(_Code, factor.ReauthenticateForm):
    """The code once more."""


class ActivateApp(_Code, ActivateTOTPForm):
    """The first code of a new app."""


class AddPasskey(Shown, AddWebAuthnForm):
    """A name for a new passkey."""

    labels = {"name": _("Tên của khóa"), "passwordless": _("Dùng khóa này để đăng nhập không cần mật khẩu")}
    hints = {"name": _("Ví dụ: điện thoại của tôi, khóa USB ở cơ quan.")}
