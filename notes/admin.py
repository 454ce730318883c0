"""Notes and comments in admin, to be looked at; decisions are made on their cases."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from accounts.authentication import person
from notes.actions import approve_term, name_of, retire_term
from notes.models import Audience, Comment, Note, Term


def public(notes: QuerySet[Note]) -> QuerySet[Note]:
    """What is not for everybody is read on the screen of its case, which notes who reads it."""
    return notes.filter(audience=Audience.PUBLIC, author__is_private=False)


class ReadOnlyAdmin(ModelAdmin):
    """Looked at, never changed here."""

    list_select_related = ("author", "case")
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.display(description=_("state"), ordering="case__state")
    def state(self, content: Note | Comment) -> SafeString:
        address = reverse("admin:moderation_case_change", args=[content.case_id])
        return format_html('<a href="{}">{}</a>', address, content.case.get_state_display())


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin):
    """Notes that the moderator may see."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Note]:
        return public(super().get_queryset(request).visible(request.user))

    list_display = (
        "headline",
        "author",
        "state",
        "language",
        "audience",
        "like_count",
        "created_at",
    )
    list_filter = ("case__state", "language", "audience")
    search_fields = ("title", "body", "author__username")
    fields = (
        "author", "title", "body", "language", "audience", "place", "state",
        "created_at", "published_at",
    )  # fmt: skip
    readonly_fields = ("state",)

    @admin.display(description=_("title"), ordering="title")
    def headline(self, note: Note) -> str:
        return note.heading


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """Comments under notes that the moderator may see."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        seen = public(Note.objects.visible(request.user))
        return super().get_queryset(request).filter(note__in=seen)

    list_display = ("body", "author", "state", "language", "created_at")
    list_filter = ("case__state", "language")
    search_fields = ("body", "author__username")
    fields = ("note", "author", "body", "language", "state", "created_at")
    readonly_fields = ("state",)


class TermAdminForm(forms.ModelForm):
    """A word of the glossary; it may not take the place of another."""

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"]
        try:
            name = name_of(word)
        except forms.ValidationError as refused:
            raise forms.ValidationError(refused.messages) from None
        placed = Term.objects.placed()
        others = placed.filter(name=name).exclude(pk=self.instance.pk)
        if placed.filter(pk=self.instance.pk).exists() and others.exists():
            raise forms.ValidationError(_("The glossary explains this word already."), "unique")
        return word


@admin.register(Term)
class TermAdmin(ModelAdmin):
    """The glossary: what is offered is read here, and any word is put right."""

    form = TermAdminForm
    list_display = ("word", "language", "means", "offered_by", "approved_at", "retired_at")
    list_filter = (("approved_at", admin.EmptyFieldListFilter), "language")
    search_fields = ("word", "means")
    ordering = ("-id",)
    actions = ("approve", "retire")
    fields = (
        "word", "language", "reading", "spellings", "means", "text_en", "text_zh", "offered_by",
        "approved_at", "retired_at",
    )  # fmt: skip
    readonly_fields = ("offered_by", "approved_at", "retired_at")

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return bool(getattr(request.user, "is_moderator", False))

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Term, form: object, change: bool) -> None:
        obj.name = name_of(obj.word)
        super().save_model(request, obj, form, change)
        if not change:
            approve_term(obj, person(request))

    @admin.action(description=_("Put into the glossary"))
    def approve(self, request: HttpRequest, terms: QuerySet[Term]) -> None:
        for term in terms:
            approve_term(term, person(request))

    @admin.action(description=_("Do without it"))
    def retire(self, request: HttpRequest, terms: QuerySet[Term]) -> None:
        for term in terms:
            retire_term(term, person(request))
