"""PostgreSQL for root: it refuses to run as root, so it runs as nobody, where nobody may go."""

import os
import pwd
import shutil
import tempfile
from pathlib import Path

from launcher.datadir import OUTSIDE

# Kept across reboots, and open to every user on any Unix of today.
OUTSIDE_PARENTS = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108


def user() -> int | None:
    """As whom the server must run; None for ourselves."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def home(var: Path) -> Path:
    """The data directory, or, when that is closed to others, a folder elsewhere it links to."""
    link = var / OUTSIDE
    if link.is_symlink():
        if not link.exists():
            raise SystemExit(f"The database was in {link.readlink()}, which is gone.")
        return link.resolve()
    if os.geteuid() != 0 or is_open(var):
        return var
    if (var / "pg18").exists():
        raise SystemExit(f"{var} was closed to other users, as one of whom PostgreSQL must run.")
    parent = next(path for path in OUTSIDE_PARENTS if path.is_dir() and is_open(path))
    folder = Path(tempfile.mkdtemp(prefix="redleaf-", dir=parent))
    folder.chmod(0o711)
    link.symlink_to(folder)
    return folder


def reachable(package: Path, name: str, copy: Path) -> Path:
    """The folder of that name in a package, or its copy when only root may go there."""
    if os.geteuid() != 0 or is_open(package):
        return package / name
    if not copy.exists():
        new = copy.with_name(copy.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(package / name, new / package.name / name, symlinks=True)
        # The programs look for their libraries in the folder beside the package.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, new / libraries.name)
        new.rename(copy)
    return copy / package.name / name


def is_open(folder: Path) -> bool:
    """Whether any user may pass through it and everything above it."""
    folder = folder.resolve()
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))
