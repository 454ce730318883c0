"""Notes and comments in admin, to be looked at; decisions are made on their cases."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from notes.models import Audience, Comment, Note


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
        "heading",
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
