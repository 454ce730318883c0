"""The side of the desk: it leads to what its reader may read, and to nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from config.sidebar import NAVIGATION
from conftest import make_person

pytestmark = pytest.mark.django_db
ALL = {
    re.sub(r"\?.*", "", str(item["link"](None) if callable(item["link"]) else item["link"]))
    for group in NAVIGATION
    for item in group["items"]
}


@pytest.mark.parametrize("is_superuser", [False, True])
def test_a_link_stands_where_it_opens(
    bo: User, browser_of: Callable[[User], Client], is_superuser: bool
) -> None:
    reader = make_person("root", is_staff=True, is_superuser=True) if is_superuser else bo
    desk = browser_of(reader)
    page = desk.get("/admin/moderation/case/").content.decode()
    navigation = page[page.index('id="nav-sidebar') :]
    linked = {link for link in ALL if f'href="{link}' in navigation}
    opened = {link for link in ALL if desk.get(link).status_code == 200}
    assert linked == opened
    assert (opened == ALL) == is_superuser
