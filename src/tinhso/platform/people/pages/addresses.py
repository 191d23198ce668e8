"""The pages of allauth that are open here, under /account/ and by allauth's own names; the others do not exist."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.views import LoginCancelledView
from django.urls import path
from django.utils.translation import gettext_lazy as _

from tinhso.platform.people.pages import citizens


def _form(view: Any, title: Any, button: Any, text: Any = "") -> Any:
    return view.as_view(
        template_name="people/form.html", extra_context={"heading": title, "button": button, "text": text}
    )


def _page(view: Any, name: str) -> Any:
    return view.as_view(template_name=f"people/{name}.html")


CONFIRM, GO_ON = _("Xác nhận lại"), _("Tiếp tục")
CONFIRM_TEXT = _("Việc sắp làm thay đổi cách đăng nhập của bạn, nên cần chắc rằng đúng là bạn.")

urlpatterns = [
    path("login/", _page(account.LoginView, "officer_sign_in"), name="account_login"),
    path("logout/", _form(account.LogoutView, _("Đăng xuất?"), _("Đăng xuất")), name="account_logout"),
    path("inactive/", _page(account.AccountInactiveView, "inactive"), name="account_inactive"),
    path(
        "reauthenticate/",
        _form(account.ReauthenticateView, CONFIRM, GO_ON, CONFIRM_TEXT),
        name="account_reauthenticate",
    ),
    path(
        "password/",
        account.PasswordChangeView.as_view(
            template_name="people/change_password.html",
            extra_context={"heading": _("Đổi mật khẩu"), "button": _("Đổi mật khẩu")},
        ),
        name="account_change_password",
    ),
    path("by/<slug:provider_id>/", citizens.begin, name="openid_connect_login"),
    path("by/<slug:provider_id>/callback/", citizens.come_back, name="openid_connect_callback"),
    path("refused/", _page(LoginCancelledView, "refused"), name="socialaccount_login_cancelled"),
    path("2fa/", _page(mfa.IndexView, "second_factor"), name="mfa_index"),
    path("2fa/authenticate/", _page(mfa.AuthenticateView, "second_step"), name="mfa_authenticate"),
    path("2fa/reauthenticate/", _form(mfa.ReauthenticateView, CONFIRM, GO_ON, CONFIRM_TEXT), name="mfa_reauthenticate"),
    path("2fa/app/", _page(totp.ActivateTOTPView, "activate_app"), name="mfa_activate_totp"),
    path(
        "2fa/app/remove/",
        _form(
            totp.DeactivateTOTPView,
            _("Tắt ứng dụng tạo mã?"),
            _("Tắt"),
            _("Sau đó mã trong ứng dụng không dùng để đăng nhập được nữa."),
        ),
        name="mfa_deactivate_totp",
    ),
    path("2fa/spare/", _page(spare.ViewRecoveryCodesView, "spare_codes"), name="mfa_view_recovery_codes"),
    path(
        "2fa/spare/new/",
        _form(
            spare.GenerateRecoveryCodesView,
            _("Tạo mã dự phòng mới?"),
            _("Tạo mã mới"),
            _("Các mã dự phòng cũ sẽ không dùng được nữa."),
        ),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/keys/", _page(webauthn.ListWebAuthnView, "passkeys"), name="mfa_list_webauthn"),
    path("2fa/keys/add/", _page(webauthn.AddWebAuthnView, "add_passkey"), name="mfa_add_webauthn"),
    path("2fa/keys/<int:pk>/remove/", _page(webauthn.RemoveWebAuthnView, "remove_passkey"), name="mfa_remove_webauthn"),
    path(
        "2fa/keys/confirm/",
        _page(webauthn.ReauthenticateWebAuthnView, "confirm_passkey"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/keys/login/", _page(webauthn.LoginWebAuthnView, "officer_sign_in"), name="mfa_login_webauthn"),
]
