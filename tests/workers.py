"""A pytest plug-in: every process of pytest-xdist has a Redis database to itself.

PostgreSQL's are named apart by pytest-django; Redis's are numbered here, before settings are read.
"""

import os
import re
from urllib.parse import urlsplit

if worker := re.fullmatch(r"gw(\d+)", os.environ.get("PYTEST_XDIST_WORKER", "")):
    url = urlsplit(os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"))
    # Database 0 is left to whoever runs without xdist. A server has sixteen.
    os.environ["REDIS_URL"] = url._replace(path=f"/{1 + int(worker[1]) % 15}").geturl()
