"""Pages of comments: reading, writing, editing, liking, pinning, deleting."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import attempt
from accounts.requests import PersonRequest, is_partial, signed_in
from notes import actions, reading
from notes.counts import compact
from notes.forms import CommentForm
from notes.seeing import seen_comment, seen_note
from notes.threads import all_replies, answered_comment
from notes.views import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Comments of a note: older ones, a form for a reply, a new one."""
    if request.method == "POST":
        return _write(request, pk)
    context = page_of(request, pk)
    if not is_partial(request):
        return reading.answer(request, reading.draw(request, context))
    asks_to_reply = "reply" in request.GET
    return render(
        request, "notes/_write.html" if asks_to_reply else "notes/_comments.html", context
    )


@signed_in
def _write(request: PersonRequest, pk: int) -> HttpResponse:
    found = seen_note(request.user, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        parent = answered_comment(request.user, found, form.cleaned_data["parent"])
        write = partial(
            actions.submit_comment, request.user, found, form.cleaned_data["body"], parent
        )
        written = attempt(form, write)
        if written and not is_partial(request):
            return redirect(f"{found.get_absolute_url()}#comment-{written.pk}")
    context = page_of(request, pk, None if form.is_valid() else form)
    if is_partial(request):
        return render(request, "notes/_discussion.html", context)
    return reading.answer(request, reading.draw(request, context))


@require_safe
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was replied beneath a comment."""
    root = seen_comment(request.user, pk)
    context = {"note": root.note, "replies": all_replies(root, request.user)}
    if is_partial(request):
        return render(request, "notes/_replies.html", context)
    return render(request, "notes/replies.html", context | {"comment": root})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change one's own words."""
    found = seen_comment(request.user, pk)
    if found.author_id != request.user.pk:
        raise PermissionDenied
    form = CommentForm(request.POST or None, initial={"body": found.edit_body or found.body})
    if form.is_bound and form.is_valid():
        change = partial(actions.edit_comment, found, request.user, form.cleaned_data["body"])
        if attempt(form, change):
            return redirect(f"{found.note.get_absolute_url()}#comment-{pk}")
    return render(request, "notes/comment_edit.html", {"comment": found, "form": form})


@signed_in
@require_POST
def comment_like(request: PersonRequest, pk: int) -> HttpResponse:
    """Like a comment, or no longer."""
    found = seen_comment(request.user, pk)
    undo = bool(request.POST.get("undo"))
    (actions.unlike_comment if undo else actions.like_comment)(request.user, found)
    if not is_partial(request):
        return redirect(f"{found.note.get_absolute_url()}#comment-{pk}")
    found.refresh_from_db(fields=["like_count"])
    count = compact(found.like_count, get_language() or "en")
    return render(
        request, "notes/_comment_heart.html", {"pk": pk, "count": count, "liked": not undo}
    )


@signed_in
@require_POST
def comment_pin(request: PersonRequest, pk: int) -> HttpResponse:
    """Pin a comment under one's own note, or no longer."""
    found = seen_comment(request.user, pk)
    undo = bool(request.POST.get("undo"))
    (actions.unpin_comment if undo else actions.pin_comment)(found, request.user)
    return redirect(f"{found.note.get_absolute_url()}#comments")


@signed_in
@require_http_methods(["GET", "POST"])
def comment_deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then delete a comment."""
    found = seen_comment(request.user, pk)
    if request.user.pk not in (found.author_id, found.note.author_id):
        raise PermissionDenied
    if request.method == "POST":
        actions.delete_comment(found, request.user)
        return redirect(f"{found.note.get_absolute_url()}#comments")
    return render(request, "notes/comment_deletion.html", {"comment": found})
