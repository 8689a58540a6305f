"""SVG by hand: a scale of time, text that fits, and the few elements that a picture needs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from remedykit.model.markup import escaped

_NARROW, _BROAD = frozenset("iljtfrI.,:;'|!()[] "), frozenset("mwMW@%")
_DAY = timedelta(days=1)
_TICKS = (1, 2, 5, 10, 20, 30, 60, 90, 180)  # days from one tick of an axis to the next
_YEAR = 365


@dataclass(frozen=True, slots=True)
class Scale:
    """Where moments lie, in pixels from the left."""

    start: datetime
    end: datetime
    left: float
    right: float

    def x(self, moment: datetime) -> float:
        """Return where a moment lies."""
        span = self.end - self.start
        share = (moment - self.start) / span if span else 0.0
        return self.left + share * (self.right - self.left)

    def ticks(self, apart: float) -> tuple[int, ...]:
        """Return the days to show, counted from the start, at least so many pixels apart."""
        days = (self.end - self.start) / _DAY
        least = apart / (self.right - self.left) * days
        step = next((each for each in _TICKS if each >= least), -(-int(least) // _YEAR) * _YEAR)
        return tuple(range(0, int(days) + 1, step))


def text_width(text: str, size: float) -> float:
    """Return the pixels that a text takes at most in the fonts that browsers fall back to."""
    return sum(map(_em, text)) * size


def fitted(text: str, width: float, size: float) -> str:
    """Return a text that is no wider than some pixels: of a long one the first words, and «…»."""
    if text_width(text, size) <= width:
        return text
    words = text.split(" ")
    while words and text_width(f"{' '.join(words)} …", size) > width:
        words.pop()
    if words:
        return f"{' '.join(words)} …"
    kept = text
    while kept and text_width(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept}…"


def text(x: float, y: float, content: str, style: str, anchor: str = "start") -> str:
    """Return a text; `y` is its base line."""
    where = f'x="{_number(x)}" y="{_number(y)}"'
    placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text {where} class="{style}"{placed}>{escaped(content)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    """Return a straight line."""
    ends = f'x1="{_number(x1)}" y1="{_number(y1)}" x2="{_number(x2)}" y2="{_number(y2)}"'
    return f'<line {ends} class="{style}"/>'


def dot(x: float, y: float, radius: float, style: str, told: str) -> str:
    """Return a dot that tells more to who points at it."""
    where = f'cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"'
    return f'<circle {where} class="{style}">{_title(told)}</circle>'


def diamond(x: float, y: float, radius: float, style: str, told: str) -> str:
    """Return a square that stands on a corner, and tells more to who points at it."""
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    points = " ".join(f"{_number(a)},{_number(b)}" for a, b in corners)
    return f'<polygon points="{points}" class="{style}">{_title(told)}</polygon>'


def box(x: float, y: float, width: float, height: float, style: str, told: str = "") -> str:
    """Return a rectangle that tells more, if there is more to tell, to who points at it."""
    size = f'width="{_number(width)}" height="{_number(height)}"'
    return f'<rect x="{_number(x)}" y="{_number(y)}" {size} class="{style}">{_title(told)}</rect>'


def titled(shown: str, told: str) -> str:
    """Return something that tells more to who points at it."""
    return f"<g>{_title(told)}{shown}</g>"


def _title(told: str) -> str:
    return f"<title>{escaped(told)}</title>" if told else ""


def _number(pixels: float) -> str:
    return f"{pixels:.1f}".removesuffix(".0")


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    if character in _NARROW:
        return 0.41
    if character in _BROAD:
        return 1.0
    return 0.7 if character.isupper() or character.isdigit() or ord(character) > 127 else 0.63
