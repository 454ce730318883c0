"""What leads where at the side of the desk."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def _list(title: str | Promise, icon: str, model: str) -> dict[str, Any]:
    """The list of a model ("app.model"), for those who may read it."""

    def may(request: HttpRequest) -> bool:
        from django.contrib.admin import site  # which reads the settings

        return site.get_model_admin(apps.get_model(model)).has_view_permission(request)

    name = model.replace(".", "_")
    link = reverse_lazy(f"admin:{name}_changelist")
    return {"title": title, "icon": icon, "link": link, "permission": may}


def _waiting(request: HttpRequest) -> str:
    return f"{reverse('admin:moderation_case_changelist')}?queue=waiting"


NAVIGATION: list[dict[str, Any]] = [
    {
        "title": _("Moderation"),
        "items": [
            _list(_("Cases"), "gavel", "moderation.case")
            | {"link": _waiting, "badge": "moderation.admin.waiting_badge"},
            _list(_("Sanctions"), "block", "moderation.sanction"),
            _list(_("Listed words"), "match_word", "moderation.word"),
            _list(_("Known images"), "hide_image", "moderation.knownimage"),
            _list(_("Who read what"), "visibility", "moderation.look"),
            _list(_("Notes"), "photo_library", "notes.note"),
            _list(_("Comments"), "chat", "notes.comment"),
            _list(_("Glossary"), "dictionary", "notes.term"),
            _list(_("People"), "group", "accounts.user"),
        ],
    },
    {
        "title": _("Feeds"),
        "items": [
            _list(_("Harmony"), "monitoring", "feeds.figure"),
            _list(_("Replays"), "replay", "feeds.replay"),
            _list(_("Questions"), "forum", "feeds.prompt"),
            _list(_("Weights"), "balance", "feeds.weights"),
            _list(_("Pools"), "water_drop", "feeds.signal"),
        ],
    },
]
