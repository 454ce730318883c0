"""Pages of settings: what others read about oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.forms import ProfileForm
from accounts.requests import PersonRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile_settings(request: PersonRequest) -> HttpResponse:
    """Change what others read about oneself."""
    form = ProfileForm(request.POST or None, request.FILES or None, instance=request.user)
    if form.is_valid():
        picture = form.cleaned_data.pop("picture")
        actions.change_profile(request.user, **form.cleaned_data)
        if picture:
            actions.change_avatar(request.user, picture)
        messages.success(request, _("Saved."))
        return redirect(request.user)
    return render(request, "accounts/settings.html", {"form": form})
