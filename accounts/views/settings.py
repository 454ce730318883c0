"""Pages of settings about oneself: profile, account, languages, privacy, people, words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.forms import (
    HandleForm,
    NotificationForm,
    PrivacyForm,
    ProfileForm,
    ReadingForm,
    WordForm,
    attempt,
)
from accounts.models import Kind, User
from accounts.requests import PersonRequest, confirmed, signed_in


def saved(request: PersonRequest, to: Any) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(to)


def show(request: PersonRequest, section: str, **context: Any) -> HttpResponse:
    """A page of settings with its place in the list of sections."""
    return render(request, f"accounts/settings/{section}.html", context | {"section": section})


def _form_page(
    request: PersonRequest, section: str, form: forms.BaseForm, save: Callable[[], object]
) -> HttpResponse:
    """Show a form, or do what it asks for and show it again."""
    if form.is_valid():
        attempt(form, save)
        if not form.errors:
            return saved(request, f"{section}-settings")
    return show(request, section, form=form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Change what others read about oneself."""
    form = ProfileForm(
        request.POST or None,
        request.FILES or None,
        instance=request.user,
        initial=request.user.own_words,
    )
    if form.is_valid():
        attempt(form, partial(_change_profile, request.user, **form.cleaned_data))
        if not form.errors:
            return saved(request, request.user)
    return show(request, "profile", form=form)


def _change_profile(user: User, picture: Any, no_picture: bool, **words: str) -> None:
    actions.change_profile(user, **words)
    if picture:
        actions.change_avatar(user, picture)
    elif no_picture:
        actions.remove_avatar(user)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def account(request: PersonRequest) -> HttpResponse:
    """Change the handle; see the e-mail address."""
    form = HandleForm(request.POST or None, initial={"username": request.user.username})
    return _form_page(
        request,
        "account",
        form,
        lambda: actions.change_handle(request.user, form.cleaned_data["username"]),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: PersonRequest) -> HttpResponse:
    """Choose the languages of the interface and of what is read."""
    form = ReadingForm(request.POST or None, instance=request.user)
    response = _form_page(
        request, "reading", form, lambda: actions.change_profile(request.user, **form.cleaned_data)
    )
    if response.status_code == 302:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: PersonRequest) -> HttpResponse:
    """Choose who sees what."""
    form = PrivacyForm(request.POST or None, instance=request.user)
    return _form_page(
        request, "privacy", form, lambda: actions.change_profile(request.user, **form.cleaned_data)
    )


@signed_in
@require_safe
def people(request: PersonRequest) -> HttpResponse:
    """Whom one blocks and mutes."""
    blocked = User.objects.active().filter(blocked_by__blocker=request.user)
    muted = User.objects.visible(request.user).filter(muted_by__muter=request.user)
    return show(
        request,
        "people",
        blocked=blocked.order_by("-blocked_by__pk"),
        muted=muted.order_by("-muted_by__pk"),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: PersonRequest) -> HttpResponse:
    """Words that keep notes out of one's feeds."""
    form = WordForm(request.POST or None)
    if form.is_valid():
        attempt(form, lambda: actions.mute_word(request.user, form.cleaned_data["word"]))
        if not form.errors:
            return saved(request, "words-settings")
    return show(request, "words", form=form, words=request.user.muted_words.order_by("word"))


@signed_in
@require_POST
def word_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Let notes with a word in again."""
    actions.unmute_word(request.user, pk)
    return saved(request, "words-settings")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: PersonRequest) -> HttpResponse:
    """What one wants to be told, and whether by e-mail."""
    unwanted = request.user.unwanted_kinds
    initial = {
        "kinds": [kind for kind in Kind.optional() if kind not in unwanted],
        "digest": request.user.digest,
    }
    form = NotificationForm(request.POST or None, initial=initial)
    return _form_page(
        request,
        "notifications",
        form,
        lambda: actions.choose_notifications(request.user, **form.cleaned_data),
    )
