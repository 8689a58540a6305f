"""Where the texts of a drawn SVG stand, by the sizes of type that its style gives them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from remedykit.replaying.drawing import text_width

_SIZES = {"name": 13.0, "heading": 14.0, "label": 11.5, "day": 11.5, "date": 11.5, "small": 10.0}
_TEXT = re.compile(
    r'<text x="(?P<x>[^"]+)" y="(?P<y>[^"]+)" class="(?P<style>\w+)"'
    r'(?: text-anchor="(?P<anchor>\w+)")?>(?P<words>[^<]*)</text>'
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text with the corners of what it takes up at most."""

    words: str
    left: float
    top: float
    right: float
    bottom: float


def texts_of(picture: str) -> tuple[Drawn, ...]:
    """Return the texts of a picture."""
    found = tuple(_drawn(each) for each in _TEXT.finditer(picture))
    assert len(found) == picture.count("<text")
    return found


def overlapping(texts: tuple[Drawn, ...]) -> list[tuple[str, str]]:
    """Return every two texts that share a place."""
    return list(_overlapping(texts))


def _overlapping(texts: tuple[Drawn, ...]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(texts, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        if across > 0.1 and down > 0.1:
            yield one.words, other.words


def _drawn(found: re.Match[str]) -> Drawn:
    words, size = html.unescape(found["words"]), _SIZES[found["style"]]
    width, x, base = text_width(words, size), float(found["x"]), float(found["y"])
    left = {None: x, "middle": x - width / 2, "end": x - width}[found["anchor"]]
    return Drawn(words, left, base - 0.8 * size, left + width, base + 0.25 * size)
