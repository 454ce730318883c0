"""Words and pictures that people list at the desk, and the trust that newcomers earn."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from PIL import ImageDraw, ImageFilter

from accounts.models import SENIORS, User
from conftest import make_person
from moderation.actions import add_image, add_word, open_case, retire
from moderation.hashes import every_turn, fingerprint
from moderation.judging import judge_case
from moderation.models import Case, Fingerprint, KnownImage, Word
from moderation.policy import Outcome, Submission, judge
from moderation.trust import UNLIMITED, limits, trust
from notes.actions import submit_note, upload_image
from notes.rendering import render_image

database = pytest.mark.django_db


def scene(seed: int = 0) -> Picture.Image:
    """A picture with enough in it to be told from others."""
    picture = Picture.new("RGB", (640, 480), "navy")
    pen = ImageDraw.Draw(picture)
    for n in range(40):
        x, y = (n * 97 + seed * 53) % 640, (n * 61 + seed * 29) % 480
        box = (x, y, x + 40 + n * 3, y + 30 + (n * 7 + seed) % 90)
        pen.ellipse(box, fill=((n * 37) % 256, (n * 91 + seed * 40) % 256, (n * 13) % 256))
    return picture


def file_of(picture: Picture.Image, kind: str = "JPEG", **options: int) -> SimpleUploadedFile:
    out = BytesIO()
    picture.save(out, kind, **options)
    return SimpleUploadedFile(f"scene.{kind.lower()}", out.getvalue())


def judged(author: User, text: str) -> Case:
    case = open_case("note", author, text)
    judge_case(case.pk)
    case.refresh_from_db()
    return case


@database
def test_a_listed_word_counts_from_the_next_case_on_and_no_longer_once_retired(
    ann: User, bo: User
) -> None:
    assert judged(ann, "We met at the zorblax fair.").state == "published"
    word = add_word(bo, "Zorblax", "spam_scam", 0.8, "A wave of fake shops, November.")
    for disguised in ("We met at the ZORBLAX fair.", "Ｚｏｒｂｌａｘ, that is all."):
        case = judged(ann, disguised)
        assert (case.state, case.rule) == ("held", "spam_scam")
    (evidence,) = case.verdicts.get().evidence
    assert (evidence["source"], evidence["start"], evidence["end"]) == ("listed", 0, 7)
    assert judged(ann, "zorblaxes are another word").state == "published"
    retire(word, bo)
    assert judged(ann, "A zorblax stood by the road all day.").state == "published"
    word.refresh_from_db()
    assert (word.retired_by, Word.objects.count()) == (bo, 1)


@database
def test_a_chinese_phrase_is_found_within_a_sentence(mei: User, bo: User) -> None:
    add_word(bo, "佐布拉", "spam_scam", 0.7, "假店铺")
    assert judged(mei, "昨天在佐布拉店里买的").state == "limited"
    assert judged(mei, "昨天在布拉格店里买的").state == "published"


@database
def test_a_word_of_two_scripts_is_bounded_only_where_it_is_latin(mei: User, bo: User) -> None:
    add_word(bo, "加vx", "spam_scam", 0.7, "引流")
    assert judged(mei, "请加VX领取明天的诗集").state == "limited"
    assert judged(mei, "请加vxyz那本诗集").state == "published"


@database
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "x"}, "text"),
        ({"text": "x" * 61}, "text"),
        ({"rule": "manners"}, "rule"),
        ({"score": 0.99}, "score"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_is_wrong_with_a_word_is_said(bo: User, change: dict[str, object], field: str) -> None:
    said = {"text": "zorblax", "rule": "spam_scam", "score": 0.7, "reason": "why"} | change
    with pytest.raises(ValidationError) as refused:
        add_word(bo, **said)  # type: ignore[arg-type]
    assert list(refused.value.error_dict) == [field]


def test_a_fingerprint_survives_size_compression_grey_and_blur_but_not_another_picture() -> None:
    picture = scene()
    mine = fingerprint(picture)

    def apart(other: Picture.Image) -> int:
        return (int(mine, 16) ^ int(fingerprint(other), 16)).bit_count()

    poor = Picture.open(file_of(picture, quality=15))
    changed = [poor, picture.resize((320, 240)), picture.convert("L")]
    changed.append(picture.filter(ImageFilter.GaussianBlur(2)))
    assert all(apart(other) <= 31 for other in changed)
    assert apart(scene(5)) > 60
    assert fingerprint(Picture.new("RGB", (300, 300), "grey")) == ""


def test_a_mirrored_picture_is_one_of_its_turns() -> None:
    mirrored = fingerprint(scene().transpose(Picture.Transpose.FLIP_LEFT_RIGHT))
    nearest = min((int(turn, 16) ^ int(mirrored, 16)).bit_count() for turn in every_turn(scene()))
    assert nearest <= 31


@database
def test_a_listed_picture_is_known_again_turned_and_smaller(ann: User, bo: User) -> None:
    listed = add_image(bo, file_of(scene()), "illegal_goods", "From the hash list of a partner.")
    assert Fingerprint.objects.filter(image=listed).count() == 8

    def posted(picture: Picture.Image) -> Case:
        image = upload_image(ann, file_of(picture, quality=40))
        note = submit_note(ann, "A fine day", "", [image.pk])
        render_image(image.pk)
        judge_case(note.case.pk)
        return Case.objects.get(pk=note.case.pk)

    turned = posted(scene().rotate(90, expand=True).resize((240, 320)))
    assert (turned.state, turned.rule) in {("removed", "illegal_goods"), ("held", "illegal_goods")}
    assert turned.verdicts.get().evidence[0]["source"] == "image"
    assert posted(scene(5)).state == "published"
    retire(listed, bo)
    assert posted(scene()).state == "published"


@database
def test_a_picture_that_is_none_or_too_plain_is_refused(bo: User) -> None:
    plain = file_of(Picture.new("RGB", (300, 300), "grey"))
    for file in (plain, SimpleUploadedFile("x.jpg", b"not a picture")):
        with pytest.raises(ValidationError):
            add_image(bo, file, "hate", "why")
    assert not KnownImage.objects.exists()


@database
def test_seniors_keep_the_lists_and_moderators_read_them(
    bo: User, browser_of: Callable[[User], Client]
) -> None:
    lin = make_person("lin_hua", is_staff=True)
    lin.groups.add(Group.objects.get(name=SENIORS))
    words, images = "/admin/moderation/word/", "/admin/moderation/knownimage/"
    said = {"text": "zorblax", "rule": "spam_scam", "score": "0.7", "reason": "Fake shops."}
    assert browser_of(bo).get(words).status_code == 200
    assert browser_of(bo).post(f"{words}add/", said).status_code == 403
    desk = browser_of(lin)
    desk.post(f"{words}add/", said)
    twice = desk.post(f"{words}add/", said, follow=True).content.decode()
    assert "This word is listed for this rule." in twice
    picture = {"file": file_of(scene()), "rule": "hate", "reason": "Seen before."}
    desk.post(f"{images}add/", picture)
    word, image = Word.objects.get(), KnownImage.objects.get()
    assert (word.added_by, image.added_by) == (lin, lin)
    assert desk.get(f"{words}{word.pk}/change/").status_code == 200
    desk.post(words, {"action": "retire_all", "_selected_action": [word.pk]})
    assert not Word.objects.active().exists()


def test_trust_grows_with_time_and_work_and_falls_with_restrictions() -> None:
    assert trust(0, 0) == 0
    assert trust(0, 0) < trust(2, 0) < trust(2, 4) < trust(30, 20) < 1
    assert trust(30, 20, 1) < 0.51 < trust(30, 20)
    assert trust(30, 20, 3) < 0.26


@pytest.mark.parametrize("text", ["See {} for more", "详情见 {}"])
def test_a_newcomer_may_link_twice_and_somebody_known_as_they_like(text: str) -> None:
    links = [f"https://tea{n}.example.org/path" for n in range(4)]
    few, many = text.format(links[0]), text.format(" , ".join(links))
    assert judge(Submission("note", few)).outcome is Outcome.PUBLISH
    assert judge(Submission("note", many)).outcome in (Outcome.LIMIT, Outcome.HOLD)
    known = Submission("note", many, author_age_days=60, author_published_count=30)
    assert judge(known).outcome is Outcome.PUBLISH
    assert limits(trust(60, 30)) == UNLIMITED
