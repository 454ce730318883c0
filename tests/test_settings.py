"""A wrong value in the environment stops Redleaf at once, with words that name it."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from launcher.datadir import ROOT

# What stops it, and what it says.
WRONG = {
    "TRANSLATION_ENGINE=babelfish": "TRANSLATION_ENGINE must be libretranslate or deepl",
    "LIBRETRANSLATE_URL=127.0.0.1:5000": "LIBRETRANSLATE_URL must be an address",
    "LIBRETRANSLATE_URL=ftp://127.0.0.1": "LIBRETRANSLATE_URL must be an address",
    "REDLEAF_CLASSIFIERS=http://a.org,localhost": "REDLEAF_CLASSIFIERS must be addresses",
    "REDLEAF_ORIGIN=redleaf.example": "REDLEAF_ORIGIN must be an address",
    "REDLEAF_ORIGIN=https://": "REDLEAF_ORIGIN must be an address",
    "REDLEAF_PORT=eight": "eight",
    "REDLEAF_RATE_READS=many": "many",
}


def settings_with(monkeypatch: pytest.MonkeyPatch, setting: str) -> dict[str, Any]:
    """What config/settings.py would hold with this in the environment."""
    name, _, value = setting.partition("=")
    monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "config" / "settings.py"))


@pytest.mark.parametrize("setting", list(WRONG))
def test_a_wrong_value_is_named_and_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    with pytest.raises((ImproperlyConfigured, ValueError), match=WRONG[setting]):
        settings_with(monkeypatch, setting)


@pytest.mark.parametrize(
    ("setting", "name", "value"),
    [
        (
            "REDLEAF_ORIGIN=https://redleaf.example",
            "CSRF_TRUSTED_ORIGINS",
            ["https://redleaf.example"],
        ),
        (
            "REDLEAF_CLASSIFIERS=http://a.org,https://b.org/x",
            "CLASSIFIERS",
            ["http://a.org", "https://b.org/x"],
        ),
        ("REDLEAF_CLASSIFIERS=", "CLASSIFIERS", []),
        ("TRANSLATION_ENGINE=deepl", "TRANSLATION_ENGINE", "deepl"),
        ("REDLEAF_PROXIES=2", "ALLAUTH_TRUSTED_PROXY_COUNT", 2),
        ("ALLOWED_HOSTS=a.org,b.org", "ALLOWED_HOSTS", ["a.org", "b.org"]),
        ("EMAIL_URL=smtp://user:pass@mail.example:587", "EMAIL_HOST", "mail.example"),
        ("EMAIL_URL=", "EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"),
    ],
)
def test_a_right_one_is_taken(
    monkeypatch: pytest.MonkeyPatch, setting: str, name: str, value: object
) -> None:
    assert settings_with(monkeypatch, setting)[name] == value


def test_behind_tls_everything_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = settings_with(monkeypatch, "REDLEAF_INSECURE_HTTP=0")
    assert (locked["SESSION_COOKIE_NAME"], locked["CSRF_COOKIE_NAME"]) == (
        "__Host-sessionid", "__Host-csrftoken",
    )  # fmt: skip
    names = (
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "STAFF_SECOND_FACTOR",
    )
    assert [locked[name] for name in names] == [True] * 4
    assert locked["SECURE_HSTS_SECONDS"] > 0


def test_on_ones_own_machine_plain_http_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    here = settings_with(monkeypatch, "REDLEAF_INSECURE_HTTP=1")
    names = ("SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "STAFF_SECOND_FACTOR")
    assert [here[name] for name in names] == [False] * 3
