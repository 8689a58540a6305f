"""A page in Chromium without a window: what a reader sees, where it stands, what goes wrong.

The browser is driven through a pair of pipes, in the protocol of its developer tools.
"""

from __future__ import annotations

import json
import os
import shutil
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import F_DUPFD_CLOEXEC, fcntl
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
_EVENTS = ("Log.entryAdded", "Runtime.exceptionThrown", "Network.requestWillBeSent")
# Every text that is shown, with the corners of what it takes up.
_TEXTS = """
[...document.querySelectorAll(SELECTOR)].map(each => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => box.width > 0 && each.textContent)
  .map(([each, box]) => [each.textContent, box.left, box.top, box.right, box.bottom])
"""


@dataclass(frozen=True, slots=True)
class Text:
    """A text on the page and the corners of what it takes up, in pixels."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Text) -> bool:
        """Return whether two texts share a pixel."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across >= 1 and down >= 1


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as it was shown.

    Attributes:
        words: all that can be read.
        width: of what the page takes up, which may be more than the window has.
        labels: the texts of its pictures.
        complaints: what the browser reported, and what it wanted to fetch.
        background: the colour behind it all.
    """

    words: str
    width: int
    labels: tuple[Text, ...]
    complaints: tuple[str, ...]
    background: str


def find_browser() -> str | None:
    """Return the program, if there is one."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


class Browser:
    """A running browser with one page."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to, self._from = to_browser, from_browser
        self._asked = 0
        self._rest = b""
        self._session = ""
        self._reported: list[dict[str, Any]] = []
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{domain}.enable")

    def show(self, page: Path, *, width: int, dark: bool = False) -> Seen:
        """Open a page in a window of some width and return what is seen."""
        self._reported.clear()
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=900, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        self._ask("Emulation.setEmulatedMedia", features=[scheme])
        self._ask("Page.navigate", url=page.as_uri())
        while not any(each["method"] == "Page.loadEventFired" for each in self._reported):
            self._read()
        words = self._value("document.body.innerText")
        texts = self._value(_TEXTS.replace("SELECTOR", json.dumps("svg text")))
        return Seen(
            words=words,
            width=self._value("document.documentElement.scrollWidth"),
            labels=tuple(Text(*each) for each in texts),
            complaints=tuple(self._complaints(page)),
            background=self._value("getComputedStyle(document.body).backgroundColor"),
        )

    def picture(self, *, above: str = "") -> bytes:
        """Return the page that is shown, as PNG.

        Args:
            above: an element; then only what stands above the first such.
        """
        shown = "document.documentElement.getBoundingClientRect()"
        whole = self._value(f"[{shown}.width, {shown}.height]")
        end = f"document.querySelector({json.dumps(above)}).getBoundingClientRect().top"
        height = self._value(end) if above else whole[1]
        clip = {"x": 0, "y": 0, "width": whole[0], "height": height, "scale": 1}
        image = self._ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        return b64decode(image["data"])

    def _complaints(self, page: Path) -> Iterator[str]:
        for each in self._reported:
            fetched = each["params"].get("request", {}).get("url", "")
            if each["method"] in _EVENTS and fetched != page.as_uri():
                yield json.dumps(each)

    def _value(self, expression: str) -> Any:
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"]["value"]

    def _ask(self, method: str, **arguments: Any) -> dict[str, Any]:
        self._asked += 1
        asked = {"id": self._asked, "method": method, "params": arguments}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._to, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._read()
            if told.get("id") == self._asked:
                if "error" in told:
                    raise RuntimeError(f"{method}: {told['error']}")
                result: dict[str, Any] = told["result"]
                return result

    def _read(self) -> dict[str, Any]:
        """Return the next message; what nobody asked for is kept, too."""
        while b"\0" not in self._rest:
            more = os.read(self._from, 1 << 16)
            if not more:
                raise RuntimeError("the browser has ended")
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(message)
        if "method" in told:
            self._reported.append(told)
        return told


@contextmanager
def running(program: str) -> Iterator[Browser]:
    """Run a browser, which reads from its file 3 and writes to its file 4."""
    ends = [_moved_up(end) for end in (*os.pipe(), *os.pipe())]
    read_end, to_browser, from_browser, write_end = ends
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = (*_OPTIONS, "--remote-debugging-pipe", f"--user-data-dir={profile}")
        process = os.posix_spawn(
            program,
            (program, *options),
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, read_end, 3),
                (os.POSIX_SPAWN_DUP2, write_end, 4),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
        )
        os.close(read_end)
        os.close(write_end)
        try:
            yield Browser(to_browser, from_browser)
        finally:
            os.kill(process, SIGKILL)
            os.waitpid(process, 0)
            os.close(to_browser)
            os.close(from_browser)


def _moved_up(end: int) -> int:
    """Return the end of a pipe under a number that is none of those which the browser wants."""
    moved = fcntl(end, F_DUPFD_CLOEXEC, 10)
    os.close(end)
    return moved
