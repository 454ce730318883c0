"""Chromium for the browser tests: found, or installed where that is possible."""

import os
import shutil
import subprocess

# Without a window first: it takes a third less of the machine.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium-headless-shell", "fonts-noto-cjk")


def find() -> str | None:
    """Its path: CHROMIUM_PATH, or the first one on the PATH."""
    return os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


def find_or_install() -> str | None:
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium…", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for argv in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
            subprocess.run(["apt-get", "--quiet=2", *argv], env=quiet, stdout=subprocess.DEVNULL)
    return find()
