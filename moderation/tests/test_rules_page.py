"""The public rule book as a page."""

from __future__ import annotations

import pytest
from django.test import Client

from moderation.rulebook import RULE_IDS, load_rulebook

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("zh-hans", "zh")])
def test_every_rule_is_there_in_the_readers_language(
    client: Client, code: str, language: str
) -> None:
    client.cookies["language"] = code
    page = client.get("/rules/").content.decode()
    for rule in load_rulebook().rules:
        assert f'id="{rule.id}"><h2>{rule.title[language]}</h2>' in page
    assert page.count('class="rule"') == len(RULE_IDS)
