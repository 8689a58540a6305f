"""The page of a replay as a browser shows it: nothing is reported, nothing overlaps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from support.browser import Browser, Seen, find_browser, running
from support.replays import STORY, event, replayed

pytestmark = pytest.mark.xdist_group("browser")  # one worker starts it for all of them

_KINDS = ("trip", "contact", "seller_asked", "seller_answered", "returned")
_MANY = tuple(event(_KINDS[number % 5], number**1.5 / 10) for number in range(50))
WIDTHS = pytest.mark.parametrize("width", [1280, 800, 390])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that runs as long as these tests."""
    program = find_browser()
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    with running(program) as started:
        yield started


def _seen(
    browser: Browser, folder: Path, width: int, *events: dict[str, Any], dark: bool = False
) -> Seen:
    page = folder / "replay.html"
    page.write_text(replayed(*events).to_html(), encoding="utf-8")
    return browser.show(page, width=width, dark=dark)


@WIDTHS
@pytest.mark.parametrize("events", [STORY[:3], STORY, _MANY], ids=["3", "8", "50"])
def test_no_labels_overlap_and_nothing_sticks_out(
    browser: Browser, tmp_path: Path, width: int, events: tuple[dict[str, Any], ...]
) -> None:
    seen = _seen(browser, tmp_path, width, *events)

    shared = [(a.words, b.words) for a, b in combinations(seen.labels, 2) if a.overlaps(b)]
    assert shared == []
    assert seen.width == width
    assert max(label.right for label in seen.labels) <= width


@WIDTHS
def test_the_browser_reports_nothing_and_fetches_nothing(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    assert _seen(browser, tmp_path, width, *STORY).complaints == ()


@WIDTHS
def test_the_page_can_be_read(browser: Browser, tmp_path: Path, width: int) -> None:
    seen = _seen(browser, tmp_path, width, *STORY)

    for words in ("6.5 days sooner", "3 trips", "12.50 USD", "only time has passed"):
        assert words in seen.words
    labels = [label.words for label in seen.labels]
    for words in ("What happened", "What should have been offered", "day 0", "40.00 USD"):
        assert labels.count(words) == 1  # one of the two pictures is shown


def test_the_page_is_dark_where_that_is_wanted(browser: Browser, tmp_path: Path) -> None:
    light = _seen(browser, tmp_path, 800, *STORY)
    dark = _seen(browser, tmp_path, 800, *STORY, dark=True)

    assert (light.background, dark.background) == ("rgb(255, 255, 255)", "rgb(13, 17, 23)")
    assert light.labels == dark.labels
