"""Sessions in the database: one statement reads the session, the account signed in in it and the citizen behind that."""

from typing import Any, Final

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from tinhso.platform.clock import now
from tinhso.platform.people import models
from tinhso.platform.people.rules import Actor
from tinhso.platform.prepared import read

ACCOUNT: Final = tuple(field.attname for field in models.Account._meta.concrete_fields)  # noqa: SLF001 - Django's own word for it
WHO_ASKS: Final = f"""
select s.session_data, p.name, p.identity_level, {", ".join(f"a.{name}" for name in ACCOUNT)}
from people_session s
left join people_account a on a.id = s.account_id
left join people_person p on p.code = a.code
where s.session_key = $1 and s.expire_date > $2::timestamptz
"""  # noqa: S608 - names of columns


class SessionStore(DatabaseStore):
    """A session; once it is read, `account` is who is signed in in it and `citizen` that account's person, or None."""

    account: models.Account | None = None
    citizen: Actor | None = None

    @classmethod
    def get_model_class(cls) -> type[models.Session]:
        """The table."""
        return models.Session

    def create_model_instance(self, data: dict[str, Any]) -> models.Session:
        """The row that keeps the data."""
        row = super().create_model_instance(data)
        assert isinstance(row, models.Session)
        account = data.get(SESSION_KEY)
        row.account_id = int(account) if account else None
        return row

    def load(self) -> dict[str, Any]:
        """What the session holds, and beside it who is signed in; empty when it is over or never was."""
        rows = read(WHO_ASKS, str(self.session_key).replace("\0", ""), now().isoformat())
        if not rows:
            self._session_key = None
            return {}
        ((data, name, level, *account),) = rows
        if account[0] is not None:
            self.account = models.Account.from_db("default", ACCOUNT, account)
        if self.account and name is not None:
            self.citizen = Actor(code=self.account.code, kind="citizen", name=name, level=level)
        found: dict[str, Any] = self.decode(data)
        return found


def account_of(request: HttpRequest) -> models.Account | None:
    """
    Who is signed in. The account read with the session counts where the session vouches for it as Django would have it;
    what looks odd (a changed password, another key of the installation) is left to Django.
    """
    session = request.session
    kept = session.get(HASH_SESSION_KEY)
    account: models.Account | None = getattr(session, "account", None)
    if (
        account
        and kept
        and _is_behind(account, session)
        and constant_time_compare(kept, account.get_session_auth_hash())
    ):
        request.user = account
        return account
    return request.user if isinstance(request.user, models.Account) else None


def _is_behind(account: models.Account, session: SessionBase) -> bool:
    is_known = session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    return is_known and account.is_active and session.get(SESSION_KEY) == str(account.pk)
