"""Officers' door: password and second factor through allauth, in Vietnamese, without sign-up; secrets kept encrypted."""

import base64
from typing import TYPE_CHECKING, Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tinhso.platform.clock import now
from tinhso.platform.people import actions, queries
from tinhso.platform.people.pages.doors import home_of

if TYPE_CHECKING:
    from tinhso.platform.people.models import Account


class AccountDoor(DefaultAccountAdapter):
    """allauth's account settings and words for this platform."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã bị khóa. Hãy gặp người quản trị của đơn vị."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_code": _("Mã chưa đúng. Hãy xem mã mới nhất trên ứng dụng rồi nhập lại."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "too_many_login_attempts": _("Bạn đã thử sai nhiều lần. Hãy đợi vài phút rồi thử lại."),
        "rate_limited": _("Bạn đã thử nhiều lần. Hãy đợi vài phút rồi thử lại."),
        "one_time_password_over": _("Mật khẩu dùng một lần này đã quá hạn. Hãy xin người quản trị cấp mật khẩu mới."),
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu hiện tại."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """
        The account whose name and password these are, or None.

        :raises ValidationError: the password was a one-time one and nobody used it in time
        """
        found = super().authenticate(request, **credentials)
        until = found.one_time_until if found else None
        if until is not None and until <= now():
            raise self.validation_error("one_time_password_over")
        return found

    def set_password(self, user: Any, password: str) -> None:
        """Keep the password that an officer chose, and say so in the ledger."""
        moment = now()
        actor = queries.find_officer_actor(user.code, moment)
        if actor is None:
            raise PermissionDenied
        actions.choose_password(account=user, password=password, actor=actor, now=moment)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to one's own start page, or by the way of the middleware to the second factor."""
        return self.get_login_redirect_url(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address tries are counted by: behind our web server the last one it wrote down, which it saw itself."""
        passed_on = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
        return passed_on.rpartition(",")[2].strip() or super().get_client_ip(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: officers are registered by administrators, citizens come through VNeID."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To one's own start page."""
        return home_of(queries.actor_of(cast("Account", request.user), now()))


class SecondFactor(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps encrypted under the installation's key, and speaks Vietnamese."""

    error_messages = {
        "add_email_blocked": _("Không thêm được thư điện tử vào tài khoản có xác thực hai lớp."),
        "cannot_delete_authenticator": _("Không tắt được lớp xác thực cuối cùng. Hãy thêm một cách khác trước."),
        "cannot_generate_recovery_codes": _("Hãy bật xác thực hai lớp trước khi tạo mã dự phòng."),
        "incorrect_code": _("Mã chưa đúng. Hãy xem mã mới nhất trên ứng dụng rồi nhập lại."),
        "unverified_email": _("Hãy xác nhận thư điện tử trước."),
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it was."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002, ARG002
        """What a new passkey is called until its owner calls it something else."""
        return str(_("Khóa của tôi"))


def _cipher() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tinhso second factor").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
