"""What the desk writes down about itself."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from moderation.models import Look


class RecordAdmin(ModelAdmin):
    """Looked at, never changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Look)
class LookAdmin(RecordAdmin):
    """Which moderator read what was not for everybody."""

    list_display = ("created_at", "by", "case_id")
    list_select_related = ("by",)
    list_filter = ("by",)
    ordering = ("-id",)
    fields = ("created_at", "by", "case_id")
    readonly_fields = fields
