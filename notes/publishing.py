"""Pages of writing: one form for a new note, a draft and an edit of what was sent."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import attempt
from accounts.models import User
from accounts.requests import PersonRequest, signed_in
from accounts.words import whole_number
from notes import actions
from notes.editing import overlay
from notes.forms import PublishForm, UploadForm
from notes.models import Image, Note


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: PersonRequest) -> HttpResponse:
    """Write a note. What was typed and uploaded stays, whatever is wrong with it."""
    return _compose(request, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Go on with a draft, or edit what was sent."""
    return _compose(request, own_note(request.user, pk))


@signed_in
@require_POST
def autosave(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    """Keep what is written so far as a draft; say when, or why not."""
    draft = get_object_or_404(Note.drafts.by(request.user), pk=pk) if pk is not None else None
    form = PublishForm(request.POST)
    form.full_clean()
    pictures = chosen(request.user, draft, request.POST)
    try:
        _describe(pictures, form)
        kept = actions.save_draft(
            request.user,
            draft,
            publish_at=draft.publish_at if draft else None,
            images=[picture.pk for picture in pictures],
            **form.words(),
        )
    except ValidationError as error:
        return JsonResponse({"errors": error.messages}, status=400)
    address = f"{kept.get_absolute_url()}edit/"
    saved = {"edit": address, "autosave": f"{kept.get_absolute_url()}autosave/"}
    return JsonResponse(saved | {"saved_at": timezone.now(), "revision": kept.revision})


@signed_in
@require_safe
def drafts(request: PersonRequest) -> HttpResponse:
    """What one began to write, and what waits for its time."""
    mine = Note.drafts.by(request.user).with_page().order_by("-saved_at")
    return render(request, "notes/drafts.html", {"drafts": mine})


def own_note(user: User, pk: int) -> Note:
    """Return a draft or a note of somebody's, as they wrote it last. Raises Http404."""
    draft = Note.drafts.by(user).with_page().filter(pk=pk).first()
    return draft or overlay(get_object_or_404(Note.objects.by(user).with_page(), pk=pk))


def _compose(request: PersonRequest, note: Note | None) -> HttpResponse:
    begun = PublishForm.initial_of(note) if note else PublishForm.initial_of_shared(request.GET)
    form = PublishForm(initial=begun)
    pictures = list(note.images.all()) if note else []
    if request.method == "POST":
        form = PublishForm(request.POST, request.FILES)
        pictures = chosen(request.user, note, request.POST) + _upload_all(form, request.user)
        attempt(form, partial(_describe, pictures, form))
        if "arrange" in request.POST:
            form = PublishForm(initial=request.POST.dict())
        elif form.is_valid() and (kept := attempt(form, _keeping(request, note, form, pictures))):
            return _after(request, kept, was_draft=note is None or note.is_draft)
    context = {"form": form, "images": pictures, "note": note}
    return render(request, "notes/publish.html", context)


def _keeping(
    request: PersonRequest, note: Note | None, form: PublishForm, pictures: list[Image]
) -> partial[Note]:
    """What the pressed button asks for: keep as a draft, set a time, send, or edit."""
    intent = form.cleaned_data["intent"]
    fields: dict[str, Any] = form.words() | {"images": [picture.pk for picture in pictures]}
    if intent == "schedule":
        fields["publish_at"] = form.moment()
    if note is None:
        if intent in ("draft", "schedule"):
            return partial(actions.save_draft, request.user, **fields)
        return partial(actions.submit_note, request.user, **fields)
    if note.is_draft:
        fields["draft"] = {"draft": True, "publish": False}.get(intent)
    else:
        fields["alts"] = {picture.pk: picture.alt for picture in pictures}
    revision = form.cleaned_data["revision"]
    return partial(actions.change_note, note, request.user, revision=revision, **fields)


def _after(request: PersonRequest, note: Note, *, was_draft: bool) -> HttpResponse:
    if not note.is_draft:
        return redirect(note)
    if note.publish_at:
        messages.success(request, _("It will be published at its time."))
        return redirect("drafts")
    messages.success(request, _("Draft saved."))
    return redirect("note-edit", note.pk)


@signed_in
@require_POST
def images(request: PersonRequest) -> HttpResponse:
    """Upload one picture of a note that is being written."""
    form = UploadForm(request.POST, request.FILES)
    image = None
    if form.is_valid():
        upload = partial(actions.upload_image, request.user, form.cleaned_data["file"])
        image = attempt(form, upload)
    return render(request, "notes/_upload.html", {"image": image, "form": form})


@signed_in
@require_safe
def image(request: PersonRequest, pk: int) -> HttpResponse:
    """How far a picture is: asked for while it is being made."""
    found = get_object_or_404(Image, owner=request.user, pk=pk)
    return render(request, "notes/_frame.html", {"image": found})


@signed_in
@require_POST
def image_deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Delete an uploaded picture."""
    images = Image.objects.loose_or_in_draft_of(request.user)
    actions.delete_image(get_object_or_404(images, pk=pk), request.user)
    return HttpResponse()


def chosen(owner: User, note: Note | None, data: MultiValueDict[str, str]) -> list[Image]:
    """The pictures that the form names, in its order, after the move it asks for."""
    ids = [pk for pk in map(whole_number, data.getlist("image")) if pk is not None]
    named, _, move = data.get("arrange", "").partition(":")
    moved = whole_number(named)
    ids = ids if moved is None else arranged(ids, moved, move)
    found = Image.objects.available_to(owner, note or Note()).in_bulk(ids)
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


def arranged(ids: list[int], pk: int, move: str) -> list[int]:
    """The ids with one of them moved `left`, `right`, or taken away by `remove`."""
    if pk not in ids:
        return ids
    at = ids.index(pk)
    rest = ids[:at] + ids[at + 1 :]
    to = {"left": max(at - 1, 0), "right": at + 1}.get(move)
    return rest if to is None else [*rest[:to], pk, *rest[to:]]


def _upload_all(form: PublishForm, owner: User) -> list[Image]:
    """Keep the good ones of the posted files; say which were not."""
    kept = []
    form.full_clean()
    for file in form.cleaned_data.get("images", ()):
        try:
            kept.append(actions.upload_image(owner, file))
        except ValidationError as error:
            form.add_error("images", [f"{file.name}: {message}" for message in error.messages])
    return kept


def _describe(pictures: list[Image], form: PublishForm) -> None:
    """Take the descriptions; of pictures that readers see they wait for the edit."""
    for picture in pictures:
        alt = form.data.get(f"alt-{picture.pk}", picture.alt)
        shown = picture.note is not None and not picture.note.is_draft
        if not shown and alt != picture.alt:
            actions.describe_image(picture, alt)
        picture.alt = alt
