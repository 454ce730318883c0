"""What Redleaf does its own way in sign-up and log-in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Handles in one spelling; a person's first language is the one they signed up in."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return str(super().clean_username(User.normalize_username(username), shallow))

    def save_user(
        self, request: HttpRequest, user: User, form: object, commit: bool = True
    ) -> User:
        user.ui_language = get_language() or "en"
        saved: User = super().save_user(request, user, form, commit)
        return saved
