"""The picture of a replay: what happened above the line, what should have been offered below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from remedykit.explain.time_words import TimeWords
from remedykit.replaying.drawing import (
    Scale,
    box,
    diamond,
    dot,
    fitted,
    line,
    text,
    text_width,
    titled,
)
from remedykit.replaying.lanes import Lane, Lanes, Mark

_NAME, _LABEL, _SMALL = 13.0, 11.5, 10.0  # sizes of type, as in the style of the page
_EDGE, _DOT, _GAP = 8.0, 5.0, 5.0
_HEADING, _AXIS, _BAR = 34.0, 58.0, 16.0  # heights
_THINNEST = 4.0  # of a bar
_SHORTEST = 60.0  # of a label that is cut short
_APART = 100.0  # from one tick to the next, at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The size of a picture.

    Attributes:
        width: in pixels.
        names: the width of the column of names; 0 where names stand above their lanes.
    """

    width: float
    names: float

    @property
    def lane(self) -> float:
        """The height of a lane."""
        return 24.0 if self.names else 40.0


WIDE = Frame(width=1080, names=384)
NARROW = Frame(width=360, names=0)


def picture(lanes: Lanes, frame: Frame, times: TimeWords) -> str:
    """Return the picture as an element of HTML; the page's style gives it its colours."""
    drawn = _Picture(lanes, frame, times)
    content = "\n".join(drawn.elements())
    size = f"0 0 {frame.width:g} {drawn.height:g}"
    kind = "wide" if frame.names else "narrow"
    return (
        f'<svg class="picture {kind}" viewBox="{size}" role="img" aria-label="The timeline as a '
        f'picture; the table below it tells the same in words">\n{content}\n</svg>'
    )


class _Picture:
    """One drawing, from the top to the bottom."""

    def __init__(self, lanes: Lanes, frame: Frame, times: TimeWords) -> None:
        self._lanes = lanes
        self._frame = frame
        self._times = times
        self._scale = Scale(lanes.start, lanes.end, frame.names + _EDGE + _DOT, frame.width - _EDGE)
        self._axis = _HEADING + len(lanes.happened) * frame.lane + _GAP + 14
        self._offered = self._axis + _AXIS
        below = len(lanes.offered) * frame.lane
        self._took = self._offered + _HEADING + below + 2 * _GAP
        took = _HEADING + len(lanes.took) * frame.lane if lanes.took else 0
        self.height = self._took + took + _EDGE

    def elements(self) -> Iterator[str]:
        """Yield what is behind before what is in front of it."""
        lanes = self._lanes
        yield from self._background()
        yield self._heading(0, "What happened")
        for number, lane in enumerate(lanes.happened):
            yield from self._lane(lane, _HEADING + number * self._frame.lane)
        yield from self._line()
        yield from self._days()
        yield self._heading(self._offered, "What should have been offered")
        for number, lane in enumerate(lanes.offered):
            yield from self._lane(lane, self._offered + _HEADING + number * self._frame.lane)
        if lanes.took:
            yield self._heading(self._took, "Until it was put right")
        for number, lane in enumerate(lanes.took):
            yield from self._lane(lane, self._took + _HEADING + number * self._frame.lane)

    # --- parts -----------------------------------------------------------------------------------

    def _background(self) -> Iterator[str]:
        lost, scale = self._lanes.lost, self._scale
        if lost is not None:
            left, right = map(scale.x, lost)
            top = _HEADING - _GAP
            told = "after the first plan would have put it right"
            yield box(left, top, right - left, self._axis - top, "lost", told)
        for day in scale.ticks(_APART):
            x = scale.x(self._lanes.start + timedelta(days=day))
            yield line(x, _HEADING, x, self.height - _EDGE, "grid")
        for mark in self._lanes.instants:
            x = scale.x(mark.at)
            yield line(x, self._axis, x, self._took - _GAP, "instant")

    def _heading(self, top: float, words: str) -> str:
        return text(_EDGE, top + 20, words, "heading")

    def _line(self) -> Iterator[str]:
        """Yield the line, the numbers of steps over it, and diamonds on it."""
        scale, axis = self._scale, self._axis
        yield line(scale.left, axis, scale.right, axis, "axis")
        taken = 0.0
        for number, moment in enumerate(self._lanes.numbers, start=1):
            x, half = scale.x(moment), text_width(str(number), _SMALL) / 2
            yield line(x, axis - 4, x, axis, "tick")
            if x - half >= taken:
                yield text(x, axis - 8, str(number), "small", "middle")
                taken = x + half + 3
        for mark in self._lanes.instants:
            yield diamond(scale.x(mark.at), axis, _DOT, "instant", mark.told)

    def _days(self) -> Iterator[str]:
        """Yield days and dates under the line, where there is room."""
        scale, axis = self._scale, self._axis
        taken = 0.0
        for day in scale.ticks(_APART):
            moment = self._lanes.start + timedelta(days=day)
            date, x = self._times.moment(moment)[:10], scale.x(moment)
            half = text_width(date, _LABEL) / 2
            middle = max(x, half + 1)  # to the left of a narrow picture there is nothing
            yield line(x, axis, x, axis + 5, "tick")
            if middle - half >= taken and middle + half <= self._frame.width:
                yield text(middle, axis + 20, f"day {day}", "day", "middle")
                yield text(middle, axis + 34, date, "date", "middle")
                taken = middle + half + _GAP

    def _lane(self, lane: Lane, top: float) -> Iterator[str]:
        frame = self._frame
        middle = top + (frame.lane / 2 if frame.names else 28)
        name = fitted(lane.name, (frame.names or frame.width) - 2 * _EDGE, _NAME)
        base = middle + 4.5 if frame.names else top + 13
        yield line(_EDGE, top + frame.lane, frame.width - _EDGE, top + frame.lane, "rule")
        yield from self._marks(lane.marks, middle)
        yield from self._bars(lane, middle)
        shown = text(_EDGE, base, name, "name")
        yield shown if name == lane.name else titled(shown, lane.name)

    def _marks(self, marks: tuple[Mark, ...], y: float) -> Iterator[str]:
        """Yield dots, each with its label to the right or left where there is room."""
        places = [self._scale.x(mark.at) for mark in marks]
        limits = [*(x - _DOT for x in places[1:]), self._frame.width]
        taken = self._scale.left - _DOT  # what is drawn so far ends here
        for mark, x, limit in zip(marks, places, limits, strict=False):
            yield dot(x, y, _DOT, f"mark {mark.style}".rstrip(), mark.told)
            width, room = text_width(mark.label, _LABEL), limit - x - _DOT - 2 * _GAP
            if width > room and x - _DOT - _GAP - width >= taken + _GAP:
                yield text(x - _DOT - _GAP, y + 4, mark.label, "label", "end")
                taken = x + _DOT
            elif mark.label and room >= min(width, _SHORTEST):
                shown = fitted(mark.label, room, _LABEL)
                yield text(x + _DOT + _GAP, y + 4, shown, "label")
                taken = x + _DOT + _GAP + text_width(shown, _LABEL)
            else:
                taken = x + _DOT

    def _bars(self, lane: Lane, y: float) -> Iterator[str]:
        """Yield bars, each with its label in it, or behind or before it where there is room."""
        spans = [(self._scale.x(bar.start), self._scale.x(bar.end)) for bar in lane.bars]
        limits = [*(left for left, _ in spans[1:]), self._frame.width]
        taken = self._scale.left - _DOT  # what is drawn so far ends here
        for bar, (left, right), limit in zip(lane.bars, spans, limits, strict=False):
            style = f"bar {lane.style} {bar.style}".rstrip()
            yield box(left, y - _BAR / 2, max(right - left, _THINNEST), _BAR, style, bar.told)
            width = text_width(bar.label, _LABEL)
            if left + _GAP + width <= right:
                yield text(left + _GAP, y + 4, bar.label, "label")
            elif right + _GAP + width <= limit - _GAP:
                yield text(right + _GAP, y + 4, bar.label, "label")
                right += _GAP + width  # noqa: PLW2901 - as far as the label goes
            elif left - _GAP - width >= taken + _GAP:
                yield text(left - _GAP, y + 4, bar.label, "label", "end")
            taken = right
