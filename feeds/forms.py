"""The form of a reader's home."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from feeds.models import Taste


class TasteForm(forms.ModelForm):
    """How a home is arranged."""

    class Meta:
        model = Taste
        fields = ("personal", "other_language")
        widgets: ClassVar[dict[str, type[forms.Widget]]] = {"other_language": forms.RadioSelect}
