"""People in admin."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from accounts.models import User

# Secrets and sessions are nobody else's; groups are roles here.
admin.site.unregister((EmailAddress, Authenticator, UserSession, Group))


@admin.register(User)
class UserAdmin(ModelAdmin):
    """People: moderators look them up, an administrator gives roles."""

    list_display = (
        "username",
        "display_name",
        "languages",
        "follower_count",
        "date_joined",
        "is_active",
    )
    list_filter = ("is_active", "is_staff")
    search_fields = ("username", "display_name", "email")
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": ("username", "display_name", "bio", "languages")}),
        (_("Role"), {"fields": ("is_staff", "groups", "is_active", "is_limited")}),
    )
    # Whoever shall be hidden gets a sanction, which has a reason, an end and an appeal.
    readonly_fields = ("username", "display_name", "bio", "languages", "is_active", "is_limited")
    filter_horizontal = ("groups",)
    actions = None

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Only what was changed: counters move on meanwhile."""
        obj.save(update_fields=[name for name in form.changed_data if name != "groups"])


@admin.register(Group)
class RoleAdmin(ModelAdmin):
    """Roles, and what each may do."""

    filter_horizontal = ("permissions",)
