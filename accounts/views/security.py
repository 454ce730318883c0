"""Pages of settings about safety: tokens, sessions, leaving."""

from __future__ import annotations

from functools import partial

from allauth.account.adapter import get_adapter
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.forms import LeavingForm, TokenForm, attempt
from accounts.models import Token
from accounts.requests import PersonRequest, confirmed, signed_in
from accounts.views.settings import saved, show


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def tokens(request: PersonRequest) -> HttpResponse:
    """One's tokens; a new one is shown this once."""
    form = TokenForm(request.POST or None)
    secret = ""
    if form.is_valid():
        made = attempt(form, partial(actions.make_token, request.user, **form.cleaned_data))
        secret = made[1] if made else ""
    mine = Token.objects.filter(user=request.user).order_by("-pk")
    response = show(request, "tokens", form=form, tokens=mine, secret=secret)
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_POST
def token_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Revoke a token, at once."""
    get_object_or_404(Token, user=request.user, pk=pk).delete()
    return saved(request, "tokens-settings")


@signed_in
@require_POST
def everywhere(request: PersonRequest) -> HttpResponse:
    """Log out everywhere else and revoke every token."""
    actions.end_everything(request.user, besides=request.session.session_key or "")
    return saved(request, "usersessions_list")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: PersonRequest) -> HttpResponse:
    """Ask for the password, then hide everything; a week later it is erased."""
    form = LeavingForm(request.POST or None)
    if form.is_valid():
        if get_adapter().reauthenticate(request.user, form.cleaned_data["password"]):
            actions.leave(request.user)
            logout(request)
            return redirect("left")
        form.add_error("password", ValidationError(_("The password is not right."), "wrong"))
    return show(request, "leaving", form=form)


def left(request: PersonRequest) -> HttpResponse:
    """Good-bye, and how to come back."""
    return render(request, "accounts/left.html")
