"""Pages of publishing: one form, its pictures uploaded with it or one by one before it."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import attempt
from accounts.models import User
from accounts.requests import PersonRequest, signed_in
from accounts.words import whole_number
from notes import actions
from notes.forms import PublishForm, UploadForm
from notes.models import Image, Note


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: PersonRequest) -> HttpResponse:
    """Write a note. What was typed and uploaded stays, whatever is wrong with it."""
    form = PublishForm(request.POST or None, request.FILES or None)
    pictures: list[Image] = []
    if form.is_bound:
        pictures = chosen(request.user, request.POST) + _upload_all(form, request.user)
        _describe(form, pictures)
        if "arrange" in request.POST:
            form = PublishForm(initial=request.POST.dict())
        elif form.is_valid() and (written := attempt(form, _submission(form, request, pictures))):
            return redirect(written)
    return render(request, "notes/publish.html", {"form": form, "images": pictures})


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
@require_POST
def image_deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Delete an uploaded picture."""
    image = get_object_or_404(Image.objects.loose_of(request.user), pk=pk)
    actions.delete_image(image, request.user)
    return HttpResponse()


def chosen(owner: User, data: MultiValueDict[str, str]) -> list[Image]:
    """The pictures that the form names, in its order, after the move it asks for."""
    ids = [pk for pk in map(whole_number, data.getlist("image")) if pk is not None]
    named, _, move = data.get("arrange", "").partition(":")
    moved = whole_number(named)
    ids = ids if moved is None else arranged(ids, moved, move)
    found = Image.objects.loose_of(owner).in_bulk(ids)
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


def _describe(form: PublishForm, pictures: list[Image]) -> None:
    for picture in pictures:
        alt = form.data.get(f"alt-{picture.pk}", picture.alt)
        try:
            actions.describe_image(picture, alt)
        except ValidationError as error:
            picture.alt = alt
            form.add_error("images", error.messages)


def _submission(form: PublishForm, request: PersonRequest, pictures: list[Image]) -> partial[Note]:
    return partial(
        actions.submit_note,
        request.user,
        form.cleaned_data["title"],
        form.cleaned_data["body"],
        [picture.pk for picture in pictures],
        audience=form.cleaned_data["audience"],
        place=form.cleaned_data["place"],
    )
