"""Forms of notes: publishing and commenting. What may be written is checked by the actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from notes.models import Audience


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Sequence[UploadedFile[bytes]]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in files]


class PublishForm(forms.Form):
    """A note. Pictures are files of this form, or were uploaded before and come by their ids."""

    images = FilesField(
        label=_("Pictures"),
        required=False,
        help_text=_("1 to 18 pictures, each at most 20 MB and 40 megapixels."),
        widget=FilesInput({"accept": "image/*"}),
    )
    title = forms.CharField(label=_("Title"), required=False)
    body = forms.CharField(
        label=_("Text"),
        required=False,
        help_text=_("A #topic in the text lets others find it; @somebody names a person."),
        widget=forms.Textarea({"rows": 6}),
    )
    place = forms.CharField(label=_("Place"), required=False)
    audience = forms.ChoiceField(
        label=_("For"),
        choices=Audience.choices,
        initial=Audience.PUBLIC,
        widget=forms.RadioSelect,
    )


class UploadForm(forms.Form):
    """One picture."""

    file = forms.FileField()


class CommentForm(forms.Form):
    """Words under a note."""

    body = forms.CharField(label=_("Your comment"), widget=forms.Textarea({"rows": 1}))
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)
