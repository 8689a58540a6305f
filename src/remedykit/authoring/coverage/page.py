"""Coverage as one HTML page that needs nothing else: the files of the rules, line by line.

Everything from a policy is escaped, and the page forbids scripts and whatever it does not bring.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from remedykit.authoring.coverage.coverage import percent
from remedykit.authoring.coverage.exercising import Missing
from remedykit.authoring.coverage.page_style import STYLE
from remedykit.authoring.coverage.report import CoverageReport, FileCoverage
from remedykit.authoring.coverage.text import facts_lines
from remedykit.authoring.situations.building import Unbuildable
from remedykit.model.markup import element, escaped

Sources = Mapping[str, Sequence[str]]
_State = Literal["plain", "covered", "partly", "never"]
_MARKS: Mapping[_State, str] = {"plain": "", "covered": "✓", "partly": "~", "never": "✗"}
_LEGEND: tuple[tuple[_State, str], ...] = (
    ("covered", "✓ everything on this line was seen"),
    ("partly", "~ some of it never was"),
    ("never", "✗ nothing of it was"),
)
_LEAD = (
    "Which rules, tests and rows the scenarios exercise. Open a coloured line to see what is "
    "missing there, with facts for a scenario that would show it."
)


@dataclass(frozen=True, slots=True)
class PageSection:
    """The coverage of one policy, and the lines of its files by the names that places show."""

    report: CoverageReport
    sources: Sources


def coverage_page(sections: Sequence[PageSection]) -> str:
    """Return the page for some policies."""
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    forbidden = f"default-src 'none'; style-src 'sha256-{digest}'"
    title = ", ".join(each.report.title for each in sections)
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{forbidden}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        + element("title", escaped(f"Rule coverage of {title}"))
        + element("style", STYLE)
    )
    legend = "".join(f'<li class="{state}">{escaped(text)}</li>' for state, text in _LEGEND)
    body = (
        element("h1", "Rule coverage")
        + element("p", escaped(_LEAD))
        + f'<ul class="legend">{legend}</ul>'
        + "".join(_Policy(number, each).html() for number, each in enumerate(sections, start=1))
    )
    html = f'<html lang="en">{element("head", head)}\n{element("body", body)}</html>'
    return f"<!DOCTYPE html>\n{html}\n"


class _Line:
    """What is to be seen on one line of a file."""

    def __init__(self) -> None:
        self.targets = 0
        self.missing: list[Missing] = []

    @property
    def state(self) -> _State:
        if not self.targets:
            return "plain"
        if not self.missing:
            return "covered"
        return "partly" if len(self.missing) < self.targets else "never"

    @property
    def note(self) -> str:
        """What is missing, in a few words."""
        if len(self.missing) == 1:
            target = self.missing[0].target
            return target.name.removeprefix(f"{target.title}: ")
        return f"{len(self.missing)} missing" if self.missing else ""


class _Policy:
    """The part of the page that is about one policy."""

    def __init__(self, number: int, section: PageSection) -> None:
        self._number = number
        self._report = section.report
        self._sources = section.sources
        self._lines: dict[tuple[str, int], _Line] = {}
        for target in self._report.coverage.targets:
            place = target.place
            self._lines.setdefault((place.file, place.line), _Line()).targets += 1
        for each in self._report.missing:
            place = each.target.place
            self._lines[place.file, place.line].missing.append(each)
        self._anchors = {
            each.file: f"p{number}f{place}" for place, each in enumerate(self._report.files, 1)
        }

    def html(self) -> str:
        """Return the shares of the files, what is missing, and the files."""
        coverage = self._report.coverage
        told = (
            f"{coverage.covered} of {len(coverage.targets)} seen, "
            f"by {coverage.decisions} scenario{'' if coverage.decisions == 1 else 's'}"
        )
        share = f"{percent(coverage.share)} %"
        parts = [
            f'<h2>{escaped(self._report.title)}: {share} <span class="dim">{told}</span></h2>',
            self._shares(),
            self._all_missing(),
            *(self._file(each) for each in self._report.files),
        ]
        return element("section", "\n".join(parts))

    def _shares(self) -> str:
        rows = "\n".join(
            f'<tr><td><a href="#{self._anchors[each.file]}">{escaped(each.file)}</a></td>'
            f'<td><progress max="{each.targets}" value="{each.covered}"></progress></td>'
            f'<td class="number">{percent(each.share)} %</td>'
            f'<td class="number">{each.covered} of {each.targets}</td></tr>'
            for each in self._report.files
        )
        return f"<table><tbody>{rows}</tbody></table>"

    def _all_missing(self) -> str:
        missing = self._report.missing
        if not missing:
            return element("p", "Nothing is missing.")
        points = "\n".join(
            f'<li><a href="#{self._anchor(each)}">{escaped(str(each.target.place))}</a> '
            f"{escaped(each.target.name)}</li>"
            for each in missing
        )
        summary = element("summary", f"All that is missing ({len(missing)})")
        return f'<details class="list">{summary}<ul>{points}</ul></details>'

    def _anchor(self, missing: Missing) -> str:
        place = missing.target.place
        return f"{self._anchors[place.file]}l{place.line}"

    def _file(self, file: FileCoverage) -> str:
        anchor = self._anchors[file.file]
        count = f"{percent(file.share)} %, {file.covered} of {file.targets}"
        title = f'<h3 id="{anchor}">{escaped(file.file)} <span class="count">{count}</span></h3>'
        lines = "\n".join(
            self._line(f"{anchor}l{number}", number, text, self._lines.get((file.file, number)))
            for number, text in self._text_of(file.file)
        )
        return f'{title}\n<div class="file">\n{lines}\n</div>'

    def _text_of(self, file: str) -> Iterator[tuple[int, str]]:
        """Yield the lines of a file with their numbers; where it is not at hand, empty ones."""
        lines = self._sources.get(file)
        if lines is not None:
            shown = lines[:-1] if lines and not lines[-1] else lines  # what follows the last line
            yield from enumerate(shown, start=1)
        else:
            yield from ((line, "") for name, line in sorted(self._lines) if name == file)

    def _line(self, anchor: str, number: int, text: str, line: _Line | None) -> str:
        state = line.state if line else "plain"
        note = line.note if line else ""
        shown = escaped(text.replace("\t", "    "))
        cells = (
            f'<span class="at">{number}</span><span class="mark">{_MARKS[state]}</span>'
            f"<code>{shown}</code>"
        )
        if not line or not line.missing:
            return f'<div class="line {state}" id="{anchor}">{cells}</div>'
        hover = "\n".join(each.target.name for each in line.missing)
        cells += f'<span class="note" title="{_attribute(hover)}">{escaped(note)}</span>'
        missing = "".join(_missing(line.missing))
        return (
            f'<details id="{anchor}"><summary class="line {state}">{cells}</summary>'
            f'<div class="missing">{missing}</div></details>'
        )


def _missing(missing: Iterable[Missing]) -> Iterator[str]:
    """Yield what is missing on a line, each with its facts."""
    for each in missing:
        lines = facts_lines(each.facts)
        yield element("p", escaped(each.target.name))
        if isinstance(each.facts, Unbuildable):
            yield f'<p class="dim">{escaped(lines[0])}</p>'
        else:
            yield element("pre", "\n".join(map(escaped, lines)))


def _attribute(text: str) -> str:
    """Return lines of text for an attribute; they stay lines."""
    return "&#10;".join(map(escaped, text.split("\n")))
