"""Sessions in PostgreSQL, and the person behind one, each read by a compiled query."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User
from accounts.prepared import Prepared, marker

_session = Prepared(
    lambda: Session.objects.filter(session_key=marker(0)).values_list("session_data", "expire_date")
)
_FIELDS = [field.attname for field in User._meta.concrete_fields]
_person = Prepared(lambda: User.objects.filter(pk=marker(0)).values_list(*_FIELDS))


class SessionStore(DatabaseStore):
    """Django's own, but for how a session is read."""

    def load(self) -> dict[str, object]:
        key = str(self.session_key)
        for data, expires in _session.rows(key) if key.isalnum() else ():
            if expires > timezone.now():
                return dict(self.decode(data))
        self._session_key = None
        return {}


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Log-in of django-allauth; the person of a session in one quick query."""

    def get_user(self, user_id: int) -> User | None:
        for row in _person.rows(int(user_id)):
            person = User.from_db("default", _FIELDS, row)
            return person if self.user_can_authenticate(person) else None
        return None
