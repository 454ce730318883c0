"""Pages of notes: a note with its comments, liking, deleting."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import marks
from accounts.requests import PersonRequest, is_partial, signed_in
from moderation.models import VISIBLE_STATES, State
from notes import actions, reading
from notes.counts import compact
from notes.editing import overlay
from notes.forms import CommentForm
from notes.models import Note, Version, Viewer, takes_comments
from notes.publishing import own_note
from notes.seeing import LARGEST_ID, seen_note
from notes.threads import answered_comment, threads_of


@require_safe
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A note with its newest comments; for htmx the note alone."""
    key = reading.key_of(request, min(pk, LARGEST_ID))
    drawn = reading.kept(key) or reading.keep(key, reading.draw(request, page_of(request, pk)))
    return reading.answer(request, drawn)


@require_safe
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Where moderation stands: the author's page asks while a note is under review."""
    found = seen_note(request.user, pk, Note.objects.with_card())
    if found.author != request.user:
        raise Http404
    found = overlay(found)
    context = {"note": found, "standing": standing_of(found, request.user)}
    response = render(request, "notes/_standing.html", context)
    if found.state != State.PENDING:
        response["HX-Refresh"] = "true"
    return response


@signed_in
@require_POST
def like(request: PersonRequest, pk: int) -> HttpResponse:
    """Like a note, or no longer."""
    found = seen_note(request.user, pk)
    undo = bool(request.POST.get("undo"))
    (actions.unlike if undo else actions.like)(request.user, found)
    if not is_partial(request):
        return redirect(found)
    found.refresh_from_db(fields=["like_count"])
    count = compact(found.like_count, get_language() or "en")
    context = {"note_id": pk, "count": count, "liked": not undo, "signed_in": True}
    return render(request, "notes/_heart.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then delete a note."""
    found = own_note(request.user, pk)
    if request.method == "POST":
        actions.delete_note(found, request.user)
        return redirect("drafts") if found.is_draft else redirect(request.user)
    return render(request, "notes/deletion.html", {"note": found})


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a note said before, and since when it says what it says."""
    found = seen_note(request.user, pk, Note.objects.with_card())
    versions = Version.objects.visible(request.user).filter(note=found).select_related("case")
    context = {"note": found, "versions": versions.order_by("-number")}
    return render(request, "notes/history.html", context)


@signed_in
@require_POST
def edit_deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back the edit that others do not read yet."""
    found = get_object_or_404(Note.objects.by(request.user), pk=pk)
    actions.take_back_edit(found, request.user)
    return redirect(found)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the author of a note is told about its case."""

    state: str
    rule: str
    reason: str
    by_person: bool
    is_edit: bool = False
    waits_for_a_person: bool = False


def page_of(request: HttpRequest, pk: int, form: CommentForm | None = None) -> dict[str, object]:
    """All that the page of a note shows to this reader. Raises Http404."""
    viewer = request.user
    notes = Note.objects.visible(viewer).with_page().marked_for(viewer).with_comment_count()
    found = get_object_or_404(notes, pk=pk)
    own = viewer == found.author
    if own:
        found = overlay(found)
    answered = answered_comment(viewer, found, request.GET.get("reply", ""))
    between = marks(viewer, found.author)
    return {
        "note": found,
        "standing": standing_of(found, viewer),
        "marks": between,
        "takes_comments": own or takes_comments(found, follows=between["following"]),
        "form": form or CommentForm(initial={"parent": answered and answered.pk}),
        "answered": answered,
        **threads_of(found, viewer, request.GET.get("before", "")),
    }


def standing_of(note: Note, viewer: Viewer) -> Standing | None:
    """What moderation decided, for the author alone; None where all is well."""
    if note.author != viewer or (note.state == State.PUBLISHED and not note.case.warning):
        return None
    verdict = note.case.verdicts.last()
    is_edit = note.shown_state in VISIBLE_STATES
    if verdict is None:
        waits = note.case.is_bound
        return Standing(note.state, "", "", False, is_edit, waits)
    return Standing(note.state, verdict.rule, verdict.reason, verdict.by_hand, is_edit)
