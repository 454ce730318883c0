"""Forms of people, and what every form does when an action refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import waves
from accounts.models import Digest, Kind, Language, Scope, User
from accounts.pictures import check_picture

T = TypeVar("T")


def attempt(form: forms.BaseForm, action: Callable[[], T]) -> T | None:
    """Do what the form asks for; what the action refuses becomes the form's errors."""
    try:
        return action()
    except ValidationError as error:
        errors = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: [error]}
        for name, of_field in errors.items():
            form.add_error(name if name in form.fields else None, ValidationError(of_field))
        return None


class LanguagesField(forms.MultipleChoiceField):
    """The languages a person reads, as check boxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(choices=Language.choices, label=_("I read"), required=False)


class SignupForm(forms.Form):
    """Added to the fields of django-allauth."""

    languages = LanguagesField()
    # Hidden from people: only a program fills it in.
    website = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1"}))
    ticket = forms.CharField(required=False, widget=forms.HiddenInput)
    # Seconds until the turn of who waits in the line, for the page.
    wait = 0

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("website"):
            raise ValidationError(_("This form was not filled in by a person."), code="robot")
        if not self.errors:
            self._wait_for_the_turn()
        return cleaned

    def _wait_for_the_turn(self) -> None:
        ticket = self.cleaned_data.get("ticket", "")
        turn = waves.turn_of(ticket)
        if turn is None or (turn <= timezone.now() and not waves.use_up(ticket)):
            turn = waves.take_turn()
        if turn <= timezone.now():
            return
        self.wait = int((turn - timezone.now()).total_seconds()) + 1
        again: Any = self.data
        again = again.copy()
        again["ticket"] = waves.ticket_for(turn)
        self.data = again
        message = _(
            "Many people are joining right now. Your turn comes in %(wait)d seconds: "
            "then press the button again. Nothing you typed is lost but the password."
        )
        raise ValidationError(message, "wait", {"wait": self.wait})

    def signup(self, request: HttpRequest, user: User) -> None:
        user.languages = self.cleaned_data["languages"]
        user.save(update_fields=["languages"])


def uncounted(field: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """A field of a form without a limit: the action counts, in characters as they are stored."""
    return field.formfield(max_length=None, **options)


class ProfileForm(forms.ModelForm):
    """What others read of a person."""

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput({"accept": "image/*"}),
        help_text=_("At most 20 MB. It is cut to a square."),
    )
    no_picture = forms.BooleanField(label=_("Remove the picture"), required=False)

    class Meta:
        model = User
        fields = ("display_name", "bio")
        widgets = {"bio": forms.Textarea({"rows": 3})}
        formfield_callback = uncounted

    field_order = ("picture", "no_picture", "display_name", "bio")

    def clean_picture(self) -> object:
        file = self.cleaned_data["picture"]
        if file:
            check_picture(file)
        return file

    def _post_clean(self) -> None:
        """Leave the person as they are: an action changes them, and only once all is right."""


class HandleForm(forms.Form):
    """Another username."""

    username = forms.CharField(label=_("Username"), max_length=60)


class ReadingForm(forms.ModelForm):
    """The languages of the pages and of what is read."""

    languages = LanguagesField()

    class Meta:
        model = User
        fields = ("ui_language", "languages", "greets_newcomers")
        help_texts = {
            "greets_newcomers": _(
                "Now and then the exchange shows you a first note in the other language "
                "that would be glad of a kind word."
            ),
        }

    def _post_clean(self) -> None:
        """An action changes the person."""


class PrivacyForm(forms.ModelForm):
    """Who sees what."""

    class Meta:
        model = User
        fields = ("is_private", "shows_likes")
        help_texts = {
            "is_private": _("Only people you let in follow you and see your notes."),
            "shows_likes": _("Your profile has a tab with the notes you like."),
        }

    def _post_clean(self) -> None:
        """An action changes the person."""


class NotificationForm(forms.Form):
    """What one wants to be told, and how."""

    kinds = forms.MultipleChoiceField(
        label=_("Tell me when"),
        choices=[(kind.value, kind.label) for kind in Kind.optional()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is decided about you, you are always told."),
    )
    digest = forms.ChoiceField(
        label=_("Unread notifications by e-mail"),
        choices=Digest.choices,
        widget=forms.RadioSelect,
    )


class WordForm(forms.Form):
    """A word to mute."""

    word = forms.CharField(label=_("Word or phrase"))


class TokenForm(forms.Form):
    """A token to make."""

    name = forms.CharField(label=_("What it is for"))
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=[(Scope.READ, Scope.READ.label), (Scope.WRITE, Scope.WRITE.label)],
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )


class LeavingForm(forms.Form):
    """The password, before everything is erased."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
