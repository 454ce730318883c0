"""The page on which a reader reports a note, a comment or a person."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.forms import attempt
from accounts.models import User
from accounts.requests import PersonRequest, signed_in
from accounts.words import whole_number
from moderation.actions import case_of_person, report
from moderation.forms import ReportForm
from moderation.models import Case
from notes.models import Comment, Note


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def report_page(request: PersonRequest, kind: str, name: str) -> HttpResponse:
    """Ask why, then ask a person to look."""
    found = find_reported(request.user, kind, name)
    form = ReportForm(request.POST or None)
    done = False
    if form.is_valid():
        said = form.cleaned_data
        send = partial(report, case_of(found), request.user, said["reason"], said["detail"])
        done = attempt(form, send) is not None
    context = {"form": form, "done": done, "back": back_to(found)}
    return render(request, "notes/report.html", context)


def find_reported(reader: User, kind: str, name: str) -> Note | Comment | User:
    """What a reader names, if they may see it. Raises Http404."""
    found: Note | Comment | User | None = None
    if kind == "user":
        people = User.objects.visible(reader)
        found = people.filter(username=User.normalize_username(name)).first()
    elif (pk := whole_number(name)) is not None:
        notes = Note.objects.visible(reader)
        if kind == "note":
            found = notes.filter(pk=pk).select_related("case").first()
        elif kind == "comment":
            comments = Comment.objects.visible(reader).filter(note__in=notes, pk=pk)
            found = comments.select_related("case", "note").first()
    if found is None:
        raise Http404
    return found


def case_of(found: Note | Comment | User) -> Case:
    """The case that a report about it belongs to."""
    return case_of_person(found) if isinstance(found, User) else found.case


def back_to(found: Note | Comment | User) -> str:
    """The page on which it stands."""
    return (found.note if isinstance(found, Comment) else found).get_absolute_url()
