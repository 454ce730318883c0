"""What rises in Explore is translated before anybody asks."""

from __future__ import annotations

import pytest
from django.conf import LazySettings

from accounts.models import User
from conftest import PostNote
from feeds.prewarming import prewarm
from notes.models import Translation
from notes.tests.engine import serving
from notes.tests.test_translation import work

pytestmark = pytest.mark.django_db


def test_what_is_on_top_is_translated_once_and_only_what_strangers_may_meet(
    ann: User, mei: User, post_note: PostNote, settings: LazySettings
) -> None:
    post_note(ann, "Autumn walk")
    post_note(mei, "秋天的湖")
    post_note(mei, "给关注我的人", audience="followers")
    post_note(mei, "两种语言", second_title="In both languages")
    assert prewarm() == 0
    with serving() as service:
        settings.LIBRETRANSLATE_URL = service.url
        assert (prewarm(), prewarm()) == (2, 0)
        work()
        assert sorted(asked["q"] for asked in service.asked) == [["Autumn walk"], ["秋天的湖"]]
        assert prewarm() == 0
    titles = Translation.objects.values_list("title", flat=True)
    assert sorted(titles) == ["The lake in autumn", "秋日散步"]
