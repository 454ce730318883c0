"""Forms of people: sign-up and profile."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Language, User
from accounts.pictures import check_picture


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

    avatar_file = forms.FileField(label=_("Picture"), required=False)
    languages = LanguagesField()

    class Meta:
        model = User
        fields = ("display_name", "bio", "languages", "ui_language")
        widgets = {"bio": forms.Textarea({"rows": 3})}

    def clean_avatar_file(self) -> object:
        file = self.cleaned_data["avatar_file"]
        if file:
            check_picture(file)
        return file
