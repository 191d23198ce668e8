"""Officers' door: password and second factor through allauth, in Vietnamese, without sign-up; secrets kept encrypted."""

import base64
from typing import TYPE_CHECKING, Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tinhso.platform.clock import now
from tinhso.platform.people import queries
from tinhso.platform.people.pages.doors import home_of

if TYPE_CHECKING:
    from tinhso.platform.people.models import Account


class AccountDoor(DefaultAccountAdapter):
    """allauth's account settings and words for this platform."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã bị khoá. Hãy gặp người quản trị của đơn vị."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_code": _("Mã chưa đúng. Hãy xem mã mới nhất trên ứng dụng rồi nhập lại."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "too_many_login_attempts": _("Bạn đã thử sai nhiều lần. Hãy đợi vài phút rồi thử lại."),
        "rate_limited": _("Bạn đã thử nhiều lần. Hãy đợi vài phút rồi thử lại."),
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu hiện tại."),
    }

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
        return str(_("Khoá của tôi"))


def _cipher() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tinhso second factor").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
