"""Forms of notes: publishing, commenting, boards. What may be written is checked by the actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from notes.models import Audience, Commenters, Note

ZONES = ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone)]
WORDS = ("title", "body", "place", "audience", "commenters", "second_title", "second_body")
INTENTS = ("publish", "draft", "schedule")


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
    second_title = forms.CharField(label=_("Title in the other language"), required=False)
    second_body = forms.CharField(
        label=_("Text in the other language"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    place = forms.CharField(label=_("Place"), required=False)
    audience = forms.ChoiceField(
        label=_("For"),
        choices=Audience.choices,
        initial=Audience.PUBLIC,
        widget=forms.RadioSelect,
    )
    commenters = forms.ChoiceField(
        label=_("Who may comment"),
        choices=Commenters.choices,
        initial=Commenters.EVERYONE,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("Find out")), *Language.choices],
        required=False,
    )
    publish_at = forms.CharField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone.replace("_", " ")) for zone in ZONES],
        initial="UTC",
        required=False,
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    intent = forms.ChoiceField(choices=[(name, name) for name in INTENTS], required=False)

    @staticmethod
    def initial_of(note: Note) -> dict[str, Any]:
        known = note.language if note.language in Language.values else ""
        at = note.publish_at
        return {name: getattr(note, name) for name in WORDS} | {
            "language": known,
            "revision": note.revision,
            "publish_at": at and at.strftime("%Y-%m-%dT%H:%M"),
        }

    @staticmethod
    def initial_of_shared(words: Mapping[str, str]) -> dict[str, str]:
        """What another app shared: a title, a text and an address."""
        body = "\n".join(filter(None, [words.get("text"), words.get("url")]))
        return {"title": words.get("title", ""), "body": body}

    def clean_intent(self) -> str:
        return self.cleaned_data["intent"] or "publish"

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("intent") == "schedule" and self.moment() is None:
            self.add_error("publish_at", _("Choose a day and a time."))
        return self.cleaned_data

    def moment(self) -> datetime | None:
        """When it shall be published: the time of the form in its zone, None if there is none."""
        try:
            naive = datetime.fromisoformat(self.cleaned_data.get("publish_at", ""))
        except ValueError:
            return None
        if naive.tzinfo:
            return naive
        with timezone.override(ZoneInfo(self.cleaned_data.get("time_zone") or "UTC")):
            try:
                return from_current_timezone(naive)
            except forms.ValidationError:
                return None  # an hour that the clocks skip

    def words(self) -> dict[str, Any]:
        """What the actions take; a language only where the author knows it."""
        given = {name: self.cleaned_data.get(name, "") for name in WORDS}
        given["audience"] = given["audience"] or Audience.PUBLIC
        given["commenters"] = given["commenters"] or Commenters.EVERYONE
        language = self.cleaned_data.get("language")
        return given | ({"language": language} if language else {})


class UploadForm(forms.Form):
    """One picture."""

    file = forms.FileField()


class CommentForm(forms.Form):
    """Words under a note."""

    body = forms.CharField(label=_("Your comment"), widget=forms.Textarea({"rows": 1}))
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)


class WordingForm(forms.Form):
    """Better words for a translation."""

    title = forms.CharField(label=_("Title"), required=False)
    body = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea({"rows": 8}))

    def __init__(self, *args: Any, has_title: bool, has_body: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, is_there in {"title": has_title, "body": has_body}.items():
            if not is_there:
                del self.fields[name]


class TermForm(forms.Form):
    """A word for the glossary."""

    word = forms.CharField(label=_("Word"))
    language = forms.ChoiceField(label=_("It is"), choices=Language.choices)
    reading = forms.CharField(label=_("Pinyin"), required=False)
    spellings = forms.CharField(
        label=_("Other spellings"), required=False, help_text=_("With commas between them.")
    )
    means = forms.CharField(
        label=_("In a few words of the other language"), help_text=_("yyds: the GOAT")
    )
    text_en = forms.CharField(
        label=_("Explanation in English"), required=False, widget=forms.Textarea({"rows": 3})
    )
    text_zh = forms.CharField(
        label=_("Explanation in Chinese"), required=False, widget=forms.Textarea({"rows": 3})
    )


class BoardForm(forms.Form):
    """A board: its name, and whether others see it."""

    name = forms.CharField(label=_("Name"), required=False)
    is_private = forms.BooleanField(label=_("Only I can see it"), required=False)
