"""Better words for a translation: offered by readers, taken by its author or a moderator."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import notify
from accounts.models import Kind, User
from accounts.words import checked, refused
from moderation.actions import close_case, open_case
from moderation.models import VISIBLE_STATES
from notes.actions.translations import row_of
from notes.contents import Content, page_of_content
from notes.models import Comment, Note, Translation, Wording
from notes.translation.shown import BY_AUTHOR, Shown, shown_translation
from notes.translation.texts import author_of, content_of, readers_of, text_of
from notes.translation.wordings import decides

# A translation may be longer than what it translates.
TITLE_LENGTH, BODY_LENGTH = 300, 10_000


@transaction.atomic
def offer_wording(
    by: User, content: Content, language: str, title: str = "", body: str = ""
) -> Wording:
    """Offer better words for what a text says in a language; one's last open offer is replaced.

    An author's own are taken as soon as moderation has read them. Raises ValidationError.
    """
    title, body = checked("title", title, TITLE_LENGTH), checked("body", body, BODY_LENGTH)
    _check_offer(content, shown_translation(content, language, by), title, body)
    # Locked, so that who sends it twice at once offers it once.
    row = Translation.objects.select_for_update().get(pk=row_of(content, language).pk)
    for earlier in Wording.objects.open().filter(translation=row, by=by):
        _give_up(earlier)
    wording = Wording.objects.create(
        translation=row,
        by=by,
        title=title,
        body=body,
        case=open_case(
            "wording", by, f"{title}\n\n{body}".strip(), language, readers_of(content),
            url=page_of_content(content), about=author_of(content),
        ),
    )  # fmt: skip
    if author_of(content).pk == by.pk:
        _take(wording, by)
    else:
        _tell(wording, content, author_of(content), by)
    return wording


def _check_offer(content: Content, shown: Shown | None, title: str, body: str) -> None:
    if shown and shown.provider == BY_AUTHOR:
        raise refused("language", _("The author wrote this language too."), "by_author")
    text = text_of(content)
    if bool(text.title) > bool(title):
        raise refused("title", _("Write the title too."), "required")
    if bool(text.body) > bool(body):
        raise refused("body", _("Write a few words."), "required")
    if shown and (shown.title, shown.body) == (title, body):
        raise refused("body", _("These are the words that are shown already."), "unchanged")


@transaction.atomic
def accept_wording(wording: Wording, by: User) -> None:
    """Show a reader's words in the place of those before. Doing it twice is doing it once.

    Raises ValidationError for what is being checked, or was taken back or refused.
    """
    if not decides(by, content_of(wording.translation)):
        raise PermissionDenied
    if wording.case.state not in VISIBLE_STATES:
        raise refused("wording", _("These words are still being checked."), "pending")
    if _take(wording, by):
        _tell(wording, content_of(wording.translation), wording.by, by)
    elif not Translation.objects.filter(wording=wording).exists():
        raise refused("wording", _("These words were taken back or refused."), "closed")


def _take(wording: Wording, by: User) -> bool:
    waiting = Wording.objects.open().filter(pk=wording.pk)
    if not waiting.update(is_accepted=True, decided_at=timezone.now(), decided_by=by):
        return False
    Translation.objects.filter(pk=wording.translation_id).update(wording=wording)
    return True


@transaction.atomic
def refuse_wording(wording: Wording, by: User) -> None:
    """Say no to an offer, take back one's own, or go back from one that was taken."""
    if by.pk != wording.by_id and not decides(by, content_of(wording.translation)):
        raise PermissionDenied
    _give_up(wording, by)


def _give_up(wording: Wording, by: User | None = None) -> None:
    """The row stays where it was shown once: it is part of the history."""
    if Translation.objects.filter(wording=wording).update(wording=None):
        # What finds the note, and what is drawn of it, is made anew.
        said_of = Note.objects.filter(translations=wording.translation_id)
        said_of.update(version=F("version") + 1)
    if (
        Wording.objects.open()
        .filter(pk=wording.pk)
        .update(decided_at=timezone.now(), decided_by=by or wording.by)
    ):
        close_case(wording.case_id)


def _tell(wording: Wording, content: Content, whom: User, actor: User) -> None:
    """Tell an author of an offer, or a reader that theirs was taken; once until it is read."""
    note = content.note if isinstance(content, Comment) else content
    kind = "comment" if isinstance(content, Comment) else "note"
    in_note = isinstance(note, Note)
    said = {
        "text": kind if in_note else "user",
        "name": str(content.pk) if in_note else author_of(content).username,
        "language": wording.translation.language,
        "accepted": whom.pk == wording.by_id,
    }
    told = whom.notifications.unread().filter(kind=Kind.WORDING, actor=actor, data=said)
    if not told.exists():
        note_id = note.pk if in_note else None
        comment_id = content.pk if isinstance(content, Comment) else None
        notify(whom, Kind.WORDING, actor, note_id=note_id, comment_id=comment_id, **said)
