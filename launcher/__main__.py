"""python -m launcher run|manage|test|bench|screenshots|clear-up: what the scripts in bin/ call."""

import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from launcher.checks import bench, test
from launcher.leftovers import clear_up
from launcher.manage import manage
from launcher.run import run

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end(number: int, _: FrameType | None) -> None:
    """Leave through every `finally`, which a second signal must not disturb."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    raise SystemExit(128 + number)


def end_on_signals() -> None:
    for ending in ENDINGS:  # SIGINT too: it may have been inherited as ignored
        signal.signal(ending, end)


def main() -> int:
    end_on_signals()
    match sys.argv[1:]:
        case ["clear-up", var, throw_away]:
            clear_up(Path(var), throw_away=throw_away == "True")
            return 0
        case ["run", *arguments]:
            return run(arguments)
        case ["manage", *arguments]:
            return manage(arguments)
        case ["test", *arguments]:
            return test(arguments)
        case ["bench", *arguments]:
            return bench(arguments)
        case ["screenshots", *arguments]:
            return subprocess.call([sys.executable, "-m", "tests.browser.book", *arguments])
    raise SystemExit(__doc__)


if __name__ == "__main__":
    sys.exit(main())
