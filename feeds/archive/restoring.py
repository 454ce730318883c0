"""Making a person of an archive again: who they are, their notes, pictures and earlier words.

Words go through the same actions as any others, and every note is judged anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.actions import change_profile, choose_notifications, mute_word, register
from accounts.avatars import keep_avatar
from accounts.models import Digest, Kind, Language, MutedWord, User
from accounts.words import checked
from feeds.actions import change_taste
from feeds.archive.knowing import moment
from feeds.archive.opening import Archive, check, check_choice, keep, text
from feeds.search.actions import remember_search
from feeds.search.models import Asked
from moderation.actions import close_case, make_ready, open_case
from moderation.hashes import fingerprint
from moderation.models import Case, EarlierVerdict
from moderation.policy import Outcome
from notes.actions import change_note, follow_topic, mute_topic, save_draft
from notes.models import (
    ALT_LENGTH,
    Audience,
    Commenters,
    DraftState,
    Image,
    Note,
    Topic,
    TopicFollow,
    TopicMute,
    Version,
)
from notes.parsing import fold_topic, is_topic
from notes.sending import READERS
from notes.words import Words, checked_words, languages_of

TIMES = ("created_at", "published_at", "edited_at")
WORDS = ("title", "body", "place", "second_title", "second_body")
SETTINGS = ("language", "audience", "commenters")
PROFILE = ("display_name", "bio", "languages", "ui_language", "is_private", "shows_likes")


@dataclass
class Restored:
    """A person who is here again, and what of their file is not."""

    archive: Archive
    person: User
    # Numbers in the file and those here.
    notes: dict[int, int] = field(default_factory=dict)
    images: dict[int, int] = field(default_factory=dict)
    comments: dict[int, int] = field(default_factory=dict)
    boards: dict[int, int] = field(default_factory=dict)
    # Their own and others' notes that stand in boards.
    kept: dict[int, int] = field(default_factory=dict)
    # Who is restored in the same run.
    together: list[int] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def restore(archive: Archive, username: str) -> Restored:
    """Make the person, with a password that nobody knows, and all that needs nobody else."""
    restored = Restored(archive, _person(archive, username))
    for line in archive.lines("notes"):
        restored.notes[line["id"]] = _note(restored, line).pk
    for line in archive.lines("versions"):
        _version(restored, line)
    for line in archive.lines("muted_words"):
        word = mute_word(restored.person, line["word"])
        MutedWord.objects.filter(pk=word.pk).update(created_at=moment(line["created_at"]))
    for line in archive.lines("topics"):
        _mark_topic(restored.person, line)
    for line in archive.lines("searches"):
        remember_search(restored.person, line["text"])
        Asked.objects.by(restored.person).filter(text=line["text"]).update(at=moment(line["at"]))
    for line in archive.lines("verdicts"):
        _verdict(restored.person, line)
    return restored


def _person(archive: Archive, username: str) -> User:
    profile = archive.profile
    handle = User.normalize_username(username or profile["username"])
    fields = {name: profile[name] for name in PROFILE}
    fields["greets_newcomers"] = profile.get("greets_newcomers", False)  # younger than archives
    User(username=handle, email=profile["email"], **fields).full_clean(exclude=["password"])
    check_choice(profile["digest"], Digest.values, "digest")
    person = register(handle, profile["email"], None)
    change_profile(person, **fields)
    wanted = [kind for kind in Kind.optional() if kind not in profile["unwanted_kinds"]]
    choose_notifications(person, wanted, profile["digest"])
    home = profile["home"]
    change_taste(person, personal=bool(home["personal"]), other_language=home["other_language"])
    avatar = ""
    if profile["avatar"]:
        avatar = keep_avatar(archive.picture(f"avatar/{Path(profile['avatar']).name}")[0])
    joined = moment(profile["date_joined"])
    User.objects.filter(pk=person.pk).update(date_joined=joined, avatar=avatar)
    person.refresh_from_db()
    return person


def _topics(line: dict[str, Any]) -> list[str]:
    """Those that still count: a number was taken once and ignored."""
    return [name for name in line["named_topics"] if is_topic(name)]


def _note(restored: Restored, line: dict[str, Any]) -> Note:
    """Write a note down again; what others have read is sent, and dated as it was."""
    check_choice(line["audience"], Audience.values, "audience")
    check_choice(line["commenters"], Commenters.values, "commenters")
    check_choice(line["language"], ("", *Language.values), "language")
    person = restored.person
    images = [_image(restored, each).pk for each in line["images"] if each["files"]]
    words = {name: line[name] for name in WORDS + SETTINGS} | {"topics": _topics(line)}
    note = save_draft(person, images=images, publish_at=_time_to_come(line), **words)
    dates: dict[str, datetime] = {name: moment(line[name]) for name in TIMES if line[name]}
    check(all(at <= timezone.now() for at in dates.values()), "A note comes from the future.")
    if line["state"] not in DraftState.values and images:
        note = change_note(note, person, draft=False)
        for each in line["proposed_images"]:
            _image(restored, each, proposed_for=note)
    Note._base_manager.filter(pk=note.pk).update(**dates)
    return note


def _time_to_come(line: dict[str, Any]) -> datetime | None:
    """When a draft shall be sent; what is past by now waits for its author."""
    at = moment(line["publish_at"]) if line["publish_at"] else None
    return at if at and at > timezone.now() else None


def _image(restored: Restored, line: dict[str, Any], proposed_for: Note | None = None) -> Image:
    """Keep the renditions as they are, under a new key."""
    image = Image(
        owner=restored.person,
        alt=line["alt"],
        width=line["width"],
        height=line["height"],
        placeholder=line["placeholder"],
        proposed_for=proposed_for,
        status=Image.Status.READY,
    )
    embedded = image.placeholder.startswith("data:image/webp;base64,")
    check(embedded, "A placeholder is no picture.")
    image.clean_fields(exclude=["note", "incoming", "proposed_for", "claimed_at"])
    for width, name in zip(Image.WIDTHS, line["files"], strict=True):
        file, picture = restored.archive.picture(name)
        keep(file, image.file_name(width))
        image.byte_count += file.size
        # Of the smallest, as a worker takes it.
        image.fingerprint = image.fingerprint or fingerprint(picture)
    image.save()
    restored.images[line["id"]] = image.pk
    return image


def _version(restored: Restored, line: dict[str, Any]) -> None:
    note = Note.objects.filter(pk=restored.notes.get(line["note_id"], 0)).first()
    if note is None:
        restored.left_out["versions"] += 1
        return
    given = {name: line[name] for name in WORDS} | {"topics": _topics(line)}
    words = Words(**checked_words(given))
    # It has the case of the note, which judged these words and no others.
    same = not line["is_shown"] or words == Words.of(note)
    check(same, "What is shown of a note is not what it says.")
    pictures = [
        {"id": restored.images.get(each["id"], 0), "alt": checked("alt", each["alt"], ALT_LENGTH)}
        for each in line["pictures"]
    ]
    moments = ("created_at", "shown_at", "dropped_at")
    Version.objects.create(
        note=note,
        number=line["number"],
        case=note.case if line["is_shown"] else _case(note, words, pictures, line),
        pictures=pictures,
        **{name: moment(line[name]) if line[name] else None for name in moments},
        **asdict(words),
    )


def _case(note: Note, words: Words, pictures: list[dict[str, Any]], line: dict[str, Any]) -> Case:
    case = open_case(
        "note",
        note.author,
        words.judged(each["alt"] for each in pictures),
        languages_of(words, "")["language"],
        READERS[note.audience],
        ready=False,
        url=note.get_absolute_url(),
    )
    found = Image.objects.filter(pk__in=[each["id"] for each in pictures])
    if line["dropped_at"]:
        close_case(case.pk)
    else:
        make_ready(case, [i.file_name(360) for i in found], [i.fingerprint for i in found])
    return case


def _mark_topic(person: User, line: dict[str, Any]) -> None:
    check_choice(line["relation"], ("follows", "mutes"), "relation")
    check(is_topic(line["topic"]), "A topic is none.")
    topic = Topic.objects.get_or_create(
        name=fold_topic(line["topic"]), defaults={"title": line["topic"]}
    )[0]
    follows = line["relation"] == "follows"
    (follow_topic if follows else mute_topic)(person, topic)
    marks = TopicFollow.objects if follows else TopicMute.objects
    marks.filter(user=person, topic=topic).update(created_at=moment(line["since"]))


def _verdict(person: User, line: dict[str, Any]) -> None:
    """A record for its owner: what they post here is judged here."""
    check_choice(line["outcome"], list(Outcome), "outcome")
    EarlierVerdict.objects.create(
        person=person,
        about=text(line, "about", 20),
        url=text(line, "url", 200),
        outcome=line["outcome"],
        rule=text(line, "rule", 30),
        reason=text(line, "reason", 5_000),
        by_person=line["decided_by"] == "person",
        appeal=line["appeal"],
        created_at=moment(line["created_at"]),
    )
