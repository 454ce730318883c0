"""Forms of people, and what every form does when an action refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Language, User
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

    def signup(self, request: HttpRequest, user: User) -> None:
        user.languages = self.cleaned_data["languages"]
        user.save(update_fields=["languages"])


class ProfileForm(forms.ModelForm):
    """What others read of a person."""

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput({"accept": "image/*"}),
        help_text=_("At most 20 MB. It is cut to a square."),
    )
    languages = LanguagesField()

    class Meta:
        model = User
        fields = ("display_name", "bio", "languages", "ui_language")
        widgets = {"bio": forms.Textarea({"rows": 3})}

    field_order = ("picture", "display_name", "bio", "languages", "ui_language")

    def clean_picture(self) -> object:
        file = self.cleaned_data["picture"]
        if file:
            check_picture(file)
        return file

    def _post_clean(self) -> None:
        """Leave the person as they are: an action changes them, and only once all is right."""
