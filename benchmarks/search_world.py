"""Texts of many notes: words by Zipf's law, in Chinese and English, and topics."""

from __future__ import annotations

import itertools
import random

from django.db import connection

from notes.models import Note, Topic

WORDS = 25_000
LENGTH = 60
TOPICS = 3_000
BATCH = 5_000
# What a reader types, letter by letter, in both scripts and in pinyin.
TYPED = ("p", "pe", "person77", "bal", "so", "shi", "sh", "的", "是不")
_COMMON = (
    "的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已"
    "老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定"
    "女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内"
)
_SYLLABLES = [
    "ba", "lo", "mi", "ter", "con", "ra", "sel", "ven", "do", "pul", "shi", "ken", "ost", "ha"
]  # fmt: skip


def _chinese() -> list[str]:
    """Words of two characters, the common ones of common characters."""
    pairs = [a + b for a, b in itertools.product(_COMMON, _COMMON) if a != b]
    random.Random(1).shuffle(pairs)
    return pairs[:WORDS]


def _english() -> list[str]:
    words = ["".join(parts) for parts in itertools.product(_SYLLABLES, repeat=4)]
    random.Random(2).shuffle(words)
    return (words * 2)[:WORDS]


_VOCABULARIES = {True: _chinese(), False: _english()}
_WEIGHTS = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(WORDS)))


def word_of_rank(rank: int, chinese: bool) -> str:
    words = _VOCABULARIES[chinese]
    return words[min(rank, len(words) - 1)]


def write_texts() -> None:
    """Give every note words of its own: titles of 4, texts of 60, six in ten of them Chinese."""
    rng = random.Random(3)
    ids = list(Note.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        chunk = ids[start : start + BATCH]
        rows = [(pk, *_note(rng)) for pk in chunk]
        with connection.cursor() as cursor:
            cursor.execute(
                """UPDATE notes_note n SET title = t.title, body = t.body, language = t.language
                FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[])
                AS t (id, title, body, language) WHERE n.id = t.id""",
                [list(column) for column in zip(*rows, strict=True)],
            )
    names = [f"{word_of_rank(n, n % 2 == 0)}{n}" for n in range(TOPICS)]
    topics = Topic.objects.bulk_create([Topic(name=name, title=name) for name in names])
    links = Note.topics.through
    tied = [links(note_id=pk, topic_id=rng.choice(topics).pk) for pk in ids]
    links.objects.bulk_create(tied, batch_size=BATCH)


def _note(rng: random.Random) -> tuple[str, str, str]:
    chinese = rng.random() < 0.6
    words = rng.choices(_VOCABULARIES[chinese], cum_weights=_WEIGHTS, k=LENGTH + 4)
    between = "" if chinese else " "
    return between.join(words[:4]), between.join(words[4:]), "zh" if chinese else "en"
