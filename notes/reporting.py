"""The page on which a reader reports a note, a comment or a person."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.forms import attempt
from accounts.models import User
from accounts.requests import PersonRequest, signed_in
from moderation.actions import case_of_person, report
from moderation.forms import ReportForm
from moderation.models import Case
from notes.contents import Content, find_content, page_of_content


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def report_page(request: PersonRequest, kind: str, name: str) -> HttpResponse:
    """Ask why, then ask a person to look."""
    found = find_content(request.user, kind, name)
    form = ReportForm(request.POST or None)
    done = False
    if form.is_valid():
        said = form.cleaned_data
        send = partial(report, case_of(found), request.user, said["reason"], said["detail"])
        done = attempt(form, send) is not None
    context = {"form": form, "done": done, "back": page_of_content(found)}
    return render(request, "notes/report.html", context)


def case_of(found: Content) -> Case:
    """The case that a report about it belongs to."""
    return case_of_person(found) if isinstance(found, User) else found.case
