"""bin/bench [pages fan_out images search language export] [--people N] [--notes N], or web.

Everything is measured on a world made by SQL; --requests 1 only shows that all of it still works.
"""

import argparse
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# They need Django set up.
from benchmarks import (  # noqa: E402
    export,
    fan_out,
    images,
    language,
    pages,
    search,
    server,
    web,
    world,
)

COMMANDS = {
    "pages": pages.main,
    "fan_out": fan_out.main,
    "images": images.main,
    "search": search.main,
    "language": language.main,
    "export": export.main,
    "web": web.main,  # with the notes of the demo, so never beside the others
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[*COMMANDS, []], help="which; all but web if none"
    )
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=server.REQUESTS, help="in each round")
    asked = parser.parse_args()
    server.REQUESTS = asked.requests
    names = asked.names or list(COMMANDS)[:-1]
    if set(names) - {"images", "language", "web"}:
        world.seed(asked.people, asked.notes)
    for name in names:
        print(f"\n== {name}", flush=True)
        COMMANDS[name]()


if __name__ == "__main__":
    main()
