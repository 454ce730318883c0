"""Sessions in PostgreSQL, each read together with the person behind it, by a compiled query."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.prepared import Prepared, fields_of, from_row, marker

_person = Prepared(lambda: User.objects.filter(pk=marker(0)).values_list(*fields_of(User)))
# Who began a session is known to django-allauth, which lists the sessions of a person. The ORM
# cannot join by this key.
_session = Prepared.of_sql(
    "SELECT s.session_data, s.expire_date, "  # noqa: S608 - names of our own columns
    + ", ".join(f'u."{field.column}"' for field in User._meta.concrete_fields)
    + f" FROM {Session._meta.db_table} s"
    f" LEFT JOIN {UserSession._meta.db_table} k ON k.session_key = s.session_key"
    f" LEFT JOIN {User._meta.db_table} u ON u.id = k.user_id WHERE s.session_key = %s",
    arguments=1,
)


class SessionStore(DatabaseStore):
    """Django's own, but for how a session is read. `person` is who began it, as they are now."""

    person: User | None = None

    def load(self) -> dict[str, object]:
        key = str(self.session_key)
        for data, expires, *person in _session.rows(key) if key.isalnum() else ():
            if expires > timezone.now():
                self.person = from_row(User, person) if person[0] else None
                return dict(self.decode(data))
        self._session_key = None
        return {}


class PersonMiddleware(AuthenticationMiddleware):
    """Django's own, but that it takes the person who was read with the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person_of(request))  # type: ignore[assignment]


def _person_of(request: HttpRequest) -> User | AnonymousUser:
    session = request.session
    began_by = session.get(auth.SESSION_KEY)  # which loads it
    person = getattr(session, "person", None)
    if isinstance(person, User) and _proves(session, began_by, person):
        return person
    return auth.get_user(request)


def _proves(session: SessionBase, began_by: str | None, person: User) -> bool:
    """Whether a session is a living one of this person; else Django says what is to be done."""
    return (
        person.is_active
        and began_by == str(person.pk)
        and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(
            session.get(auth.HASH_SESSION_KEY, ""), person.get_session_auth_hash()
        )
    )


# Accounts of one address that its log-in tries, each at the price of a hash, whoever confirmed it
# first; others log in by their handle.
MOST_OF_ONE_ADDRESS = 3


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Log-in of django-allauth; the person of a session in one quick query."""

    def get_user(self, user_id: int) -> User | None:
        for row in _person.rows(int(user_id)):
            person = from_row(User, row)
            return person if self.user_can_authenticate(person) else None
        return None

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """Whoever gave this address and knows their password, as if nobody else had given it."""
        given: list[User] = filter_users_by_email(email, prefer_verified=True, for_login=True)
        given += filter_users_by_email(email, for_login=True)
        few = list(dict.fromkeys(given))[:MOST_OF_ONE_ADDRESS]
        return next((user for user in few if self._check_password(user, password)), None)
