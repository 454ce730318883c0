"""Pages on which readers steer their home: why, less, topics, interests, settings."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest, signed_in
from feeds import actions
from feeds.forms import TasteForm
from feeds.interests import choices
from feeds.models import Less, Taste
from feeds.why import explain
from notes.actions import choose_topics, follow_topic, mute_topic, unfollow_topic, unmute_topic
from notes.models import Note, Topic, TopicFollow, TopicMute, topic_mark
from notes.parsing import fold_topic
from notes.seeing import seen_note

TOPIC_VERBS = {
    "follow": follow_topic, "unfollow": unfollow_topic, "mute": mute_topic, "unmute": unmute_topic
}  # fmt: skip


@signed_in
@require_safe
def why(request: PersonRequest, pk: int) -> HttpResponse:
    """Why a note is shown, and what one can do about it."""
    note = seen_note(request.user, pk, Note.objects.with_page())
    topics = [(topic, topic_mark(request.user, topic)) for topic in note.topics.all()]
    less = Less.objects.filter(reader=request.user, note=note).exists()
    context = {"note": note, "why": explain(request.user, pk), "topics": topics, "less": less}
    return render(request, "feeds/why.html", context)


@signed_in
@require_POST
def less(request: PersonRequest, pk: int) -> HttpResponse:
    """Want less like this, or take that back."""
    note = seen_note(request.user, pk)
    undo = bool(request.POST.get("undo"))
    (actions.take_back_less if undo else actions.want_less)(request.user, note)
    messages.success(request, _("Taken back.") if undo else _("You will see less like this."))
    return redirect("note-why", pk)


@signed_in
@require_POST
def topic(request: PersonRequest, name: str) -> HttpResponse:
    """Follow or mute a topic, or no longer."""
    found = get_object_or_404(Topic, name=fold_topic(name.replace("\0", "")))
    verb = TOPIC_VERBS.get(request.POST.get("do", ""))
    if verb is None:
        raise Http404
    verb(request.user, found)
    return redirect(_back(request, found))


def _back(request: HttpRequest, found: Topic) -> str:
    """To the settings, if it was done there."""
    return "/settings/feed/" if "settings" in request.POST else found.get_absolute_url()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: PersonRequest) -> HttpResponse:
    """Choose topics to follow, perhaps none."""
    if request.method != "POST":
        return render(request, "feeds/interests.html", {"choices": choices(request.user)})
    names = request.POST.getlist("topic")[:50]
    choose_topics(request.user, list(Topic.objects.filter(name__in=names)))
    actions.mark_asked(request.user)
    return redirect("explore")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PersonRequest) -> HttpResponse:
    """How one's home is arranged."""
    form = TasteForm(request.POST or None, instance=Taste.of(request.user))
    if form.is_valid():
        actions.change_taste(request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("feed-settings")
    context: dict[str, Any] = {"form": form}
    followed = TopicFollow.objects.filter(user=request.user).values("topic")
    muted = TopicMute.objects.filter(user=request.user).values("topic")
    context["followed"] = Topic.objects.filter(pk__in=followed).order_by("name")
    context["muted"] = Topic.objects.filter(pk__in=muted).order_by("name")
    return render(request, "accounts/settings/feed.html", context)


@signed_in
@require_POST
def reset(request: PersonRequest) -> HttpResponse:
    """Forget what was learned about the reader."""
    actions.forget_taste(request.user)
    messages.success(request, _("Your home begins anew."))
    return redirect("feed-settings")


@signed_in
@require_safe
def profile(request: PersonRequest) -> HttpResponse:
    """Everything that ranks for the reader, as a file."""
    text = json.dumps(
        actions.profile_of(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2
    )
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="redleaf-feed.json"'
    return response
