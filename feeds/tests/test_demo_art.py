"""The painters: every scene in every ratio shows something, and the same thing every time."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageStat

from feeds.demo.art import COVER_WIDTH, RATIOS, SCENES, Sketch, paint, paint_avatar
from feeds.demo.art.avatars import AVATARS
from feeds.demo.art.canvas import Canvas, smooth
from feeds.demo.art.colours import MOODS, mix, rgba

SMALL = 180


def drawn(scene: str, mood: str, ratio: float, seed: str = "leaf") -> Image.Image:
    canvas = Canvas(SMALL, ratio, seed, MOODS[mood])
    SCENES[scene](canvas)
    return canvas.printed()


def has_contrast(picture: Image.Image) -> bool:
    """No plain paper and no mere gradient: light and dark, far from each other and near."""
    spread = max(ImageStat.Stat(picture).stddev)
    edges = picture.convert("L").getextrema()
    colours = picture.quantize(32).getcolors() or []
    return spread > 12 and edges[1] - edges[0] > 70 and len(colours) >= 12  # type: ignore[operator]


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_no_picture_is_flat(scene: str) -> None:
    for mood, ratio in zip(("dawn", "night", "mist"), sorted(set(RATIOS)), strict=False):
        picture = drawn(scene, mood, ratio)
        assert picture.size == (SMALL, round(SMALL * ratio))
        assert has_contrast(picture), mood


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_another_seed_is_another_picture(scene: str) -> None:
    once, again, other = (drawn(scene, "dusk", 1.0, seed) for seed in ("a", "a", "b"))
    assert once.tobytes() == again.tobytes()
    assert once.tobytes() != other.tobytes()


@pytest.mark.parametrize(
    ("scene", "details"),
    [
        ("cat", ("ginger", "tuxedo")),
        ("windowsill", ("white", "black")),
        ("fruit", ("persimmon", "pear", "orange")),
        ("baking", ("cloth", "wood")),
        ("noodles", ("cloth", "wood")),
        ("mended", ("cream", "blue")),
        ("papercut", ("red", "deep")),
    ],
)
def test_a_detail_that_a_text_speaks_of_is_drawn(scene: str, details: tuple[str, ...]) -> None:
    for seed in "abc":
        canvases = [Canvas(SMALL, 1.0, seed, MOODS["mist"], detail) for detail in details]
        for canvas in canvases:
            SCENES[scene](canvas)
        assert len({canvas.printed().tobytes() for canvas in canvases}) == len(details)


def test_a_plain_sheet_would_be_called_flat() -> None:
    assert not has_contrast(Canvas(SMALL, 1.0, "leaf", MOODS["noon"]).printed())


def test_the_same_sketch_is_the_same_file() -> None:
    sketch = Sketch("cat", "dawn", "ginger", "pickle")
    assert paint(sketch) == paint(sketch)
    picture = Image.open(io.BytesIO(paint(sketch)))
    assert (picture.format, picture.width) == ("JPEG", COVER_WIDTH)


def test_pictures_of_a_set_are_square() -> None:
    picture = Image.open(io.BytesIO(paint(Sketch("tea", "mist", "", "set", in_set=True))))
    assert picture.width == picture.height


@pytest.mark.parametrize("face", sorted(AVATARS))
def test_avatars_are_square_and_not_flat(face: str) -> None:
    picture = Image.open(io.BytesIO(paint_avatar(Sketch(face, "spring", "", "somebody"))))
    assert picture.width == picture.height >= 256
    assert has_contrast(picture)


def test_colours_mix_evenly() -> None:
    assert mix("#000000", "#ffffff", 0.5) == (128, 128, 128)
    assert rgba("#ff000080") == (255, 0, 0, 128)


def test_a_smooth_curve_passes_through_its_points() -> None:
    points = [(0.0, 0.0), (0.5, 1.0), (1.0, 0.0)]
    curve = smooth(points, steps=4)
    assert curve[0] == points[0]
    assert curve[4] == pytest.approx(points[1])
    assert curve[-1] == points[-1]
