"""What a careful person would notice in a browser: errors, foreign hosts, sideways scrolling."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
)

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
SERIOUS = {"serious", "critical"}
# With what axe leaves out by itself: nothing to press is smaller than 24 pixels (WCAG 2.5.8).
RULES: dict[str, Any] = {
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


class Eyes:
    """Watches every page of a browser context."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        netloc = urlsplit(home).netloc
        # Passkeys want a name where everything else is content with a number.
        self.homes = {netloc, netloc.replace("127.0.0.1", "localhost")}
        self.errors: list[str] = []
        self.strangers: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self._error(error.error))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        """Violations of the content security policy come here too."""
        page = message.page
        its_own = page is not None and message.location.get("url") == page.url
        if message.type == "error" and not (its_own and "status of 404" in message.text):
            self.errors.append(f"{page.url if page else ''}: {message.text}")

    def _error(self, error: Error) -> None:
        self.errors.append(str(error))

    def _request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in {"data", "blob"} and url.netloc not in self.homes:
            self.strangers.append(request.url)


def width_of(page: Page) -> int:
    """How wide the page really is, sideways scrolling included, once it has settled."""
    return int(
        page.evaluate("""async () => {
          for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
          return document.documentElement.scrollWidth;
        }""")
    )


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical, each with the HTML it stands in."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{violation['id']}: {violation['help']}\n      {node['html']}\n      {reason_of(node)}"
        for violation in found
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


def reason_of(node: dict[str, Any]) -> str:
    return " ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])
