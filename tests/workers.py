"""A pytest plug-in: what the processes of pytest-xdist have to themselves, and who runs what when.

PostgreSQL's databases are named apart by pytest-django; Redis's are numbered here, before settings
are read. One process has the house of the journeys, which would be started in each.
"""

import gc
import os
import re
from urllib.parse import urlsplit

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Each takes many seconds: begun at last, it would leave the other processes without work.
# None that empties tables: the others need the rows of migrations.
LONG = ("launcher/", "tests/test_life_of_a_launcher.py", "feeds/tests/test_visibility.py")
IN_THE_HOUSE = ("tests/browser/", "tests/journey/")

if worker := re.fullmatch(r"gw(\d+)", os.environ.get("PYTEST_XDIST_WORKER", "")):
    url = urlsplit(os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"))
    # Database 0 is left to whoever runs without xdist. A server has sixteen.
    os.environ["REDIS_URL"] = url._replace(path=f"/{1 + int(worker[1]) % 15}").geturl()


# What is imported stays; to look through it for garbage takes a quarter of the time of importing.
gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()


class OneHouse(LoadScopeScheduling):  # type: ignore[misc]
    """Journeys together, and first, being the largest scope; any other test to whoever is free."""

    def _split_scope(self, nodeid: str) -> str:
        return "house" if nodeid.startswith(IN_THE_HOUSE) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneHouse:
    return OneHouse(config, log)
