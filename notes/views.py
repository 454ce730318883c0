"""Pages of notes: a note with its comments, liking, deleting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import attempt
from accounts.models import marks
from accounts.requests import PersonRequest, is_partial, page_or_part, signed_in
from accounts.words import whole_number
from moderation.models import State
from notes import actions
from notes.counts import compact
from notes.forms import CommentForm
from notes.models import Comment, Note, Viewer
from notes.publishing import own_note

COMMENTS = 20


@require_safe
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A note with its newest comments; for htmx the note alone."""
    return page_or_part(request, "notes/note.html", "notes/_note.html", page_of(request, pk))


@require_safe
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Where moderation stands: the author's page asks while a note is under review."""
    found = get_object_or_404(Note.objects.visible(request.user).with_card(), pk=pk)
    if found.author != request.user:
        raise Http404
    context = {"note": found, "standing": standing_of(found, request.user)}
    response = render(request, "notes/_standing.html", context)
    if found.state != State.PENDING:
        response["HX-Refresh"] = "true"
    return response


@signed_in
@require_POST
def like(request: PersonRequest, pk: int) -> HttpResponse:
    """Like a note, or no longer."""
    found = get_object_or_404(Note.objects.visible(request.user), pk=pk)
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


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Comments of a note: older ones, a form for a reply, a new one."""
    if request.method == "POST":
        return _write_comment(request, pk)
    context = page_of(request, pk)
    if not is_partial(request):
        return render(request, "notes/note.html", context)
    asks_to_reply = "reply" in request.GET
    return render(
        request, "notes/_write.html" if asks_to_reply else "notes/_comments.html", context
    )


@signed_in
def _write_comment(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Note.objects.visible(request.user), pk=pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        answered = _comment(request.user, found, form.cleaned_data["parent"])
        # One level of replies: an answer to a reply stands beside it.
        parent = answered and (answered.parent or answered)
        write = partial(
            actions.submit_comment, request.user, found, form.cleaned_data["body"], parent
        )
        written = attempt(form, write)
        if written and not is_partial(request):
            return redirect(f"{found.get_absolute_url()}#comment-{written.pk}")
    context = page_of(request, pk, None if form.is_valid() else form)
    return page_or_part(request, "notes/note.html", "notes/_discussion.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def comment_deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then delete a comment."""
    comments = Comment.objects.visible(request.user).select_related("note", "author")
    notes = Note.objects.visible(request.user)
    found = get_object_or_404(comments.filter(note__in=notes), pk=pk)
    if request.user.pk not in (found.author_id, found.note.author_id):
        raise PermissionDenied
    if request.method == "POST":
        actions.delete_comment(found, request.user)
        return redirect(f"{found.note.get_absolute_url()}#comments")
    return render(request, "notes/comment_deletion.html", {"comment": found})


@dataclass(frozen=True, slots=True)
class Standing:
    """What the author of a note is told about its case."""

    state: str
    rule: str
    reason: str
    by_person: bool


def page_of(request: HttpRequest, pk: int, form: CommentForm | None = None) -> dict[str, object]:
    """All that the page of a note shows to this reader. Raises Http404."""
    viewer = request.user
    notes = Note.objects.visible(viewer).with_page().marked_for(viewer).with_comment_count()
    found = get_object_or_404(notes, pk=pk)
    answered = _comment(viewer, found, request.GET.get("reply", ""))
    return {
        "note": found,
        "standing": standing_of(found, viewer),
        "marks": marks(viewer, found.author),
        "form": form or CommentForm(initial={"parent": answered and answered.pk}),
        "answered": answered,
        **_thread(found, viewer, request.GET.get("before", "")),
    }


def standing_of(note: Note, viewer: Viewer) -> Standing | None:
    """What moderation decided, for the author alone; None where all is well."""
    if note.author != viewer or (note.state == State.PUBLISHED and not note.case.warning):
        return None
    verdict = note.case.verdicts.last()
    if verdict is None:
        return Standing(note.state, "", "", False)
    return Standing(note.state, verdict.rule, verdict.reason, verdict.by_hand)


def _comment(viewer: Viewer, note: Note, pk: str | int | None) -> Comment | None:
    """The comment that is answered, if this person can read it."""
    number = whole_number(str(pk or ""))
    if number is None:
        return None
    return get_object_or_404(
        note.comments.visible(viewer).select_related("author", "parent"), pk=number
    )


def _thread(note: Note, viewer: Viewer, before: str) -> dict[str, object]:
    """A page of comments, newest first, each with its replies, oldest first."""
    shown = Comment.objects.visible(viewer).filter(note=note).select_related("author", "case")
    top = shown.filter(parent=None).order_by("-id")
    earlier = whole_number(before)
    if earlier is not None:
        top = top.filter(pk__lt=earlier)
    page = list(top[: COMMENTS + 1])
    roots: dict[int, list[Comment]] = {comment.pk: [] for comment in page[:COMMENTS]}
    below = Q(parent__in=roots) | Q(parent__parent__in=roots)
    for reply in shown.filter(below).select_related("parent").order_by("id"):
        parent = reply.parent
        if parent:
            roots[parent.parent_id or parent.pk].append(reply)
    return {
        "threads": [(comment, roots[comment.pk]) for comment in page[:COMMENTS]],
        "before": page[COMMENTS - 1].pk if len(page) > COMMENTS else None,
    }
