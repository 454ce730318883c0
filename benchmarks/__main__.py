"""bin/bench [pages fan_out images search export] [--people N] [--notes N]."""

import argparse
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# They need Django set up.
from benchmarks import export, fan_out, images, pages, search, world  # noqa: E402

COMMANDS = {
    "pages": pages.main,
    "fan_out": fan_out.main,
    "images": images.main,
    "search": search.main,
    "export": export.main,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*COMMANDS, []], help="which; all if none")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--notes", type=int, default=100_000)
    asked = parser.parse_args()
    names = asked.names or list(COMMANDS)
    if set(names) - {"images"}:
        world.seed(asked.people, asked.notes)
    for name in names:
        print(f"\n== {name}", flush=True)
        COMMANDS[name]()


if __name__ == "__main__":
    main()
