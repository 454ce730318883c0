"""The lists of the desk: words and known images, added with a reason, retired, never changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget

from accounts.authentication import person
from moderation.actions import add_image, add_word, retire
from moderation.admin.forms import rule_choices
from moderation.models import KnownImage, Word


class EntryForm(forms.ModelForm):
    """By which rule, and why."""

    rule = forms.ChoiceField(label=_("Rule"), choices=rule_choices, widget=UnfoldAdminSelectWidget)


class ImageForm(EntryForm):
    """The picture goes through the form; only its fingerprints are kept."""

    file = forms.FileField(label=_("picture"), widget=UnfoldAdminFileFieldWidget)

    class Meta:
        model = KnownImage
        fields = ("file", "rule", "reason")


class EntryAdmin(ModelAdmin):
    """Rows that are added and retired."""

    list_filter = ("rule", ("retired_at", admin.EmptyFieldListFilter))
    list_select_related = ("added_by", "retired_by")
    ordering = ("-id",)
    actions = ("retire_all",)
    HISTORY = ("added_by", "added_at", "retired_by", "retired_at")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.asked if obj is None else (*self.shown, *self.HISTORY)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else (*self.shown, *self.HISTORY)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().add_view(request, *args, **kwargs)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(request.path)
        return answer

    @admin.action(description=_("Retire"), permissions=["add"])
    def retire_all(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for entry in queryset:
            retire(entry, person(request))


@admin.register(Word)
class WordAdmin(EntryAdmin):
    """Words beside those of the rule book; they count from the next case on."""

    form = EntryForm
    list_display = ("text", "rule", "score", "reason", "added_by", "added_at", "retired_at")
    search_fields = ("text",)
    asked = shown = ("text", "rule", "score", "reason")

    def save_model(self, request: HttpRequest, obj: Word, form: Any, change: bool) -> None:
        obj.pk = add_word(person(request), **form.cleaned_data).pk


@admin.register(KnownImage)
class KnownImageAdmin(EntryAdmin):
    """Pictures that are known again in another size, compression, turn or in grey."""

    form = ImageForm
    list_display = ("id", "rule", "reason", "added_by", "added_at", "retired_at")
    asked, shown = ("file", "rule", "reason"), ("rule", "reason")

    def save_model(self, request: HttpRequest, obj: KnownImage, form: Any, change: bool) -> None:
        obj.pk = add_image(person(request), **form.cleaned_data).pk
