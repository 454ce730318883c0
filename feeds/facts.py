"""What ranking needs to know of some notes, in one compiled query, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from django.db.models import Exists, F, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from numpy.typing import NDArray

from accounts.models import Follow, User
from accounts.prepared import Prepared, marker
from feeds.models import ContestedTopic, Less
from feeds.scoring import Counts, Floats, Ids, Sides
from notes.models import Note

VECTOR = 32  # numbers of 16 bits
LANGUAGES = {"": 0, "zh": 1, "en": 2}


@dataclass(frozen=True, slots=True)
class Facts:
    """Of n notes, in no order: who, about what, in which language, how received."""

    ids: Ids
    authors: Ids
    topics: Ids  # the first topic of each, 0 for none
    languages: list[str]
    age: Floats  # days
    counts: Counts
    sides: Sides
    tension: Floats
    follows: NDArray[np.bool_]  # whether the reader follows the author
    vectors: Floats  # n x VECTOR; zeros where nothing was learned
    pool: Ids

    @property
    def language_ids(self) -> Ids:
        return np.array([LANGUAGES.get(language, 3) for language in self.languages], np.int64)


def _rows() -> QuerySet[Any, Any]:
    reader = User(pk=marker(1))
    follows = Follow.objects.filter(follower=reader, followee=OuterRef("author"))
    through: QuerySet[Any, Any] = Note.topics.through.objects.filter(note=OuterRef("pk"))
    first = through.order_by().values("note").annotate(lowest=Min("topic")).values_list("lowest")
    contested = through.filter(topic__in=ContestedTopic.objects.values("topic"))
    unwanted = Less.objects.filter(reader=reader, note=OuterRef("pk"))
    notes = Note.objects.recommendable(reader).published().filter(pk__among=[marker(0)])
    return notes.filter(~Exists(unwanted)).values_list(
        "pk", "author_id", Subquery(first), "language", "published_at", "like_count", "save_count",
        "signal__seen", "signal__talked", "signal__disliked", "signal__least", "signal__divides",
        Exists(contested), F("case__tension"), Exists(follows), "signal__vector", "signal__pool",
        "signal__excess",
    )  # fmt: skip


@cache
def _prepared() -> Prepared:
    return Prepared(_rows)


def facts_of(ids: Sequence[int], reader: User) -> Facts:
    """Of those of the notes that may be recommended to this reader and are not unwanted."""
    rows = _prepared().rows(list(ids), reader.pk) if ids else []
    columns = list(zip(*rows, strict=True)) or [()] * 18
    (pks, authors, topics, languages, published, likes, saves, seen, talked, disliked,
     least, divides, contested, tension, follows, vectors, pool, excess) = columns  # fmt: skip
    now = timezone.now().timestamp()
    age = np.array([now - moment.timestamp() for moment in published]) / 86_400
    return Facts(
        np.array(pks, np.int64),
        np.array(authors, np.int64),
        np.array([topic or 0 for topic in topics], np.int64),
        list(languages),
        np.maximum(age, 0.0),
        Counts(_numbers(seen), _numbers(likes) + _numbers(saves), _numbers(talked),
               np.maximum(_numbers(disliked) - _numbers(excess), 0.0)),
        Sides(_known(least), _known(divides), np.array(contested, np.bool_)),
        _numbers(tension),
        np.array(follows, np.bool_),
        _vectors(vectors),
        np.array([number or 0 for number in pool], np.int64),
    )  # fmt: skip


def _numbers(column: Sequence[Any]) -> Floats:
    return np.array([number or 0 for number in column], np.float64)


def _known(column: Sequence[Any]) -> Floats:
    return np.array([np.nan if number is None else number for number in column], np.float64)


def _vectors(column: Sequence[Any]) -> Floats:
    empty = bytes(2 * VECTOR)
    packed = b"".join(bytes(each) if each is not None else empty for each in column)
    return np.frombuffer(packed, np.float16).reshape(-1, VECTOR).astype(np.float64)
