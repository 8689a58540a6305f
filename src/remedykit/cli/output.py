"""Printing: tables and colour on a terminal, plain text of at most 100 columns elsewhere.

Everything that comes from a policy or an input passes through `words`, so that nothing in it is
taken for markup and no control or bidirectional character reaches the terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import NoReturn

from rich import box
from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from remedykit.diagnostics import printable

PLAIN_WIDTH = 100  # columns where no terminal tells how many it has
_PIPE_CLOSED = 141  # as a shell reports a program that SIGPIPE has ended
_WIDEST = 120  # columns of a table; wider ones are hard to read across


class _Screen(Console):
    """Ends the program quietly where nobody reads any more, with a code that tells so."""

    def on_broken_pipe(self) -> None:
        """End the program."""
        end_unread()


def screen(*, to_error: bool = False) -> Console:
    """Return where to print; colour follows the terminal and ``NO_COLOR``.

    Args:
        to_error: print to standard error.
    """
    console = _Screen(
        file=sys.stderr if to_error else sys.stdout, markup=False, emoji=False, highlight=False
    )
    console.width = min(console.width, _WIDEST) if console.is_terminal else PLAIN_WIDTH
    return console


def end_unread() -> NoReturn:
    """End the program because what it prints goes nowhere, as in ``remedykit facts | head``."""
    # Python flushes once more when it ends, and would complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(_PIPE_CLOSED)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in a cell of a table, printed as they are and broken where names stay readable.

    Attributes:
        lines: one or more words each.
    """

    lines: tuple[str, ...]

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return the columns that the longest word takes, and the longest line."""
        widths = [cell_len(printable(line)) for line in self.lines]
        of_words = (cell_len(printable(word)) for line in self.lines for word in line.split())
        return Measurement(max(of_words, default=0), max(widths, default=0))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines as they are printed in so many columns."""
        broken = (_fitting(printable(line), options.max_width) for line in self.lines)
        yield Text("\n".join(piece for pieces in broken for piece in pieces))


def words(text: object, style: str = "") -> Text:
    """Return a text that is printed as it is, its invisible characters made visible."""
    return Text(printable(str(text)), style=style)


def heading(text: str) -> Text:
    """Return a line that begins a section, with an empty line before it."""
    return Text("\n").append_text(words(text, "bold"))


def grid(
    console: Console, *columns: str, right: Collection[str] = (), whole: Collection[str] = ()
) -> Table:
    """Return an empty table: ruled on a terminal, columns of plain text elsewhere.

    Args:
        console: where it will be printed.
        columns: its titles.
        right: those of them whose cells are numbers.
        whole: those of them whose cells are broken last.
    """
    table = Table(
        box=box.SIMPLE_HEAD if console.is_terminal else None,
        pad_edge=console.is_terminal,
        header_style="bold",
        padding=(0, 2, 0, 0) if not console.is_terminal else (0, 1),
    )
    for column in columns:
        table.add_column(
            Text(column),
            justify="right" if column in right else "left",
            no_wrap=column in right or column in whole,
            overflow="fold",
        )
    return table


def add_row(table: Table, *cells: object, style: str = "") -> None:
    """Add a row of texts that are printed as they are."""
    table.add_row(*(words(cell) for cell in cells), style=style)


def print_table(console: Console, table: Table) -> None:
    """Print a table, without the blanks that fill its lines where they are only in the way."""
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        console.print(Text(line.rstrip()), soft_wrap=True)


def print_lines(console: Console, lines: Iterable[str], indent: int = 0, style: str = "") -> None:
    """Print lines of text, the longer ones broken between words and indented further."""
    for line in lines:
        for piece in _broken(printable(line), console.width, indent):
            console.print(Text(piece, style=style), soft_wrap=True)


def print_raw(console: Console, text: str, style: str = "") -> None:
    """Print lines as they are, however long, so that carets stay under what they point at."""
    for number, line in enumerate(text.splitlines()):
        console.print(words(line, "" if number else style), soft_wrap=True)


def _fitting(line: str, width: int) -> Iterator[str]:
    """Yield a line in pieces of some columns, broken at blanks, else at underscores."""
    while len(line) > 1 and cell_len(line) > width:
        end = _end(line, width)
        yield line[:end].rstrip()
        line = line[end:].lstrip()
    yield line


def _end(line: str, width: int) -> int:
    """Return how many characters of a line, at least one, come before its first break."""
    fits = len(chop_cells(line, width)[0])
    blank = line.rfind(" ", 0, fits + 1)
    underscore = line.rfind("_", 0, fits)
    return blank if blank > 0 else underscore + 1 or max(fits, 1)


def _broken(line: str, width: int, indent: int) -> Iterator[str]:
    bare = line.lstrip(" ")
    first = " " * (indent + len(line) - len(bare))
    yield from wrap(
        bare,
        width,
        initial_indent=first,
        subsequent_indent=f"{first}  " if len(line) > len(bare) else first,
        break_on_hyphens=False,
    ) or [""]
