"""From the bytes of a CSV file, as a spreadsheet writes it, to rows of cells with places.

Rows are taken apart by the `csv` module; where each cell stands in the file is found by walking
over the same rows once more.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from remedykit.diagnostics import Findings, Place
from remedykit.language.scalar_text import Written
from remedykit.language.source import Node, Scalar, Sequence, advanced, lines_of
from remedykit.language.yaml_reader import decoded
from remedykit.language.yaml_refusals import MAX_NODES, Refusals, StopReadingError

_QUOTE = '"'
_BLANKS = " \t\r\n"
_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r'"?sep=', re.IGNORECASE)  # what Excel reads in a first line


def read_csv(name: str, raw: bytes, findings: Findings) -> Sequence | None:
    """Return the rows of a CSV file as a list of lists, or ``None`` if it cannot be read.

    Rows without a word in them are left out: spreadsheets write them behind the last row. All cells
    are plain: quotes are there for the file's sake only.

    Args:
        name: the file's name, as it is to stand in places.
        raw: what stands in the file; UTF-8, with or without a byte order mark.
        findings: learns the lines and the faults.
    """
    text = decoded(name, raw, findings)
    if text is None:
        return None
    findings.add_source(name, lines_of(text))
    refusals = Refusals(name, text, findings)
    try:
        refusals.check_characters()
    except StopReadingError:
        return None
    delimiter = _delimiter(name, text, findings)
    return None if delimiter is None else _rows(name, text, delimiter, findings)


def _delimiter(name: str, text: str, findings: Findings) -> str | None:
    """Return what separates the cells of the first row, in whose names no such sign can stand."""
    header = text.partition("\n")[0]
    if _SEPARATOR_LINE.match(header):
        findings.error(
            "csv-delimiter",
            Place(name, 1, 1, 1, len(header.rstrip()) + 1),
            "this line is for a spreadsheet, and the first row of the table is expected",
            help="delete this line",
        )
        return None
    found = sorted((header.index(sign), sign) for sign in _SEPARATORS if sign in header)
    if [sign for _, sign in found] in ([","], [";"], []):
        return found[0][1] if found else ","
    column = found[-1][0] + 1
    findings.error(
        "csv-delimiter",
        Place(name, 1, column, 1, column + 1),
        "a tab separates no cells"
        if found[-1][1] == "\t"
        else f"the first row has both `,` and `;` in it{' and tabs' * (len(found) > 2)}",
        help="put `,` between the cells of all rows, or `;` between all of them",
    )
    return None


class _Span(NamedTuple):
    """Where a cell stands in the text of the file, with its quotes and the blanks around it."""

    start: int
    end: int


def _rows(name: str, text: str, delimiter: str, findings: Findings) -> Sequence | None:
    rows: list[Node] = []
    start, line, left = 0, 1, MAX_NODES
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            left -= len(cells)
            if left < 0:
                _too_many_cells(Place(name, line, 1, line, 2), findings)
                return None
            after = _after(text, start, reader.line_num + 1 - line)
            if any(cell.strip() for cell in cells):
                spans = _spans(text, start, after, delimiter)
                rows.append(_row(name, text, line, tuple(spans)))
            start, line = after, reader.line_num + 1
    except csv.Error as error:
        _broken(name, text, start, delimiter, str(error), findings)
        return None
    last = rows[-1].place if rows else Place(name, 1, 1, 1, 2)
    return Sequence(tuple(rows), Place(name, 1, 1, last.end_line, last.end_column))


def _lines(text: str) -> Iterator[str]:
    """Give the lines with their ends; `str.splitlines` would end them at other signs, too."""
    start = 0
    while start < len(text):
        end = _after(text, start, 1)
        yield text[start:end]
        start = end


def _after(text: str, start: int, lines: int) -> int:
    """Return where a text goes on after some lines."""
    for _ in range(lines):
        start = text.find("\n", start) + 1 or len(text)
    return start


def _spans(text: str, start: int, after: int, delimiter: str) -> Iterator[_Span]:
    """Give the cells of one row, which the `csv` module has read without complaint."""
    end = start + len(text[start:after].rstrip("\r\n"))
    while True:
        if text.startswith(_QUOTE, start):
            stop = _closing(text, start) + 1
        else:
            stop = text.find(delimiter, start, end)
        if stop < 0 or stop >= end:
            yield _Span(start, end)
            return
        yield _Span(start, stop)
        start = stop + 1


def _closing(text: str, start: int) -> int:
    """Return where the quote stands that closes the one at `start`, or -1."""
    stop = text.find(_QUOTE, start + 1)
    while stop >= 0 and text.startswith(_QUOTE, stop + 1):
        stop = text.find(_QUOTE, stop + 2)
    return stop


def _row(name: str, text: str, line: int, spans: tuple[_Span, ...]) -> Sequence:
    cells: list[Node] = []
    position, before = (line, 1), spans[0].start
    for span in spans:
        position = advanced(position, text[before : span.start])
        cells.append(_cell(name, text[span.start : span.end], position))
        before = span.start
    first, last = cells[0].place, cells[-1].place
    return Sequence(
        tuple(cells), Place(name, first.line, first.column, last.end_line, last.end_column)
    )


def _cell(name: str, written: str, position: tuple[int, int]) -> Scalar:
    """Return one cell, without its quotes and the blanks around it."""
    quoted = written.startswith(_QUOTE)
    inside = written[1:-1] if quoted else written
    raw = inside.strip(_BLANKS)
    blanks = len(inside) - len(inside.lstrip(_BLANKS)) if raw else 0
    start = advanced(position, written[: quoted + blanks])
    if not raw:
        return Scalar("", "plain", name, *start, start[0], start[1] + 1)
    end = advanced(start, raw)
    if quoted and (_QUOTE in raw or "\n" in raw):
        text = raw.replace(_QUOTE * 2, _QUOTE).replace("\r\n", "\n")
        return Scalar(text, "plain", name, *start, *end, Written(raw, "csv", text))
    return Scalar(raw, "plain", name, *start, *end)


def _too_many_cells(place: Place, findings: Findings) -> None:
    findings.error(
        "too-many-nodes",
        place,
        f"the file has more than {MAX_NODES} cells",
        help="split it into several files of the same folder",
    )


def _broken(
    name: str, text: str, start: int, delimiter: str, complaint: str, findings: Findings
) -> None:
    """Report what is wrong with the quotes of the row that begins at `start`."""
    message = "a cell of this row is longer than 131072 characters"
    fault = start
    while "limit" not in complaint:
        fault = start
        if not text.startswith(_QUOTE, start):
            start = _next_cell(text, start, delimiter)
            continue
        closing = _closing(text, start)
        if closing < 0:
            message = "the quote that opens this cell is closed nowhere"
            break
        start = fault = closing + 1
        if not text.startswith((delimiter, "\r", "\n"), start):
            message = "the cell has ended at the quote before this"
            break
        start += 1
    line, column = advanced((1, 1), text[:fault])
    findings.error(
        "csv-syntax",
        Place(name, line, column, line, column + 1),
        message,
        help="a cell that holds quotes stands in quotes, and they are written twice in it",
    )


def _next_cell(text: str, start: int, delimiter: str) -> int:
    ends = [text.find(sign, start) for sign in (delimiter, "\n")]
    return min(end for end in ends if end >= 0) + 1
