"""The page of components."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.icons import drawings
from accounts.models import User
from config.styleguide import COLOURS

pytestmark = pytest.mark.django_db


def test_only_staff_sees_the_components(client: Client, ann: User, bo: User) -> None:
    assert client.get("/styleguide/").status_code == 404
    client.force_login(ann)
    assert client.get("/styleguide/").status_code == 404
    client.force_login(bo)
    page = client.get("/styleguide/")
    assert page.status_code == 200
    for theme in ("light", "dark"):
        assert f'data-theme="{theme}" lang="zh-hans"' in page.text
    assert "组件" in page.text or "Components" in page.text
    assert all(page.text.count(drawing) >= 4 for drawing in drawings().values())
    assert all(f'data-colour="{colour}"' in page.text for colour in COLOURS)
