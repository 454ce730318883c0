"""/styleguide/: every component in all its states, in both languages, by day and by night."""

from __future__ import annotations

from itertools import product

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.icons import drawings
from accounts.models import User

COLOURS = (
    "canvas", "surface", "calm", "line", "edge", "ink", "quiet", "accent", "accent-calm", "button",
)  # fmt: skip
STEPS = ("step-3", "step-2", "step-1", "step-0", "step--1")
LOOKS = tuple(product(("light", "dark"), ("en", "zh-hans")))


class SampleForm(forms.Form):
    """A field of every sort."""

    title = forms.CharField(label=_("Title"), help_text=_("At most 100 characters."))
    body = forms.CharField(label=_("Text"), widget=forms.Textarea({"rows": 3}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    is_private = forms.BooleanField(label=_("Only I can see it"), required=False)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """For those who build Redleaf: staff, and everybody in DEBUG."""
    user = request.user
    if not (settings.DEBUG or (isinstance(user, User) and user.is_staff)):
        raise Http404
    wrong = SampleForm({"title": "", "body": "红叶", "language": "zh-hans"})
    context = {
        "looks": LOOKS,
        "colours": COLOURS,
        "steps": STEPS,
        "icons": drawings(),
        "forms": (SampleForm(), wrong),
        "people": [User(pk=pk, username=f"person{pk}") for pk in range(1, 6)],
    }
    return render(request, "styleguide.html", context)
