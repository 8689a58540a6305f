"""How lines are broken in the cells of a table."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from remedykit.cli.output import Lines, grid, print_table


def _printed(*lines: str, width: int) -> list[str]:
    """Return what is printed of a table with one cell that may take so many columns."""
    console = Console(file=StringIO(), width=width)
    table = grid(console, "t")
    table.add_row(Lines(lines))
    with console.capture() as captured:
        print_table(console, table)
    return captured.get().splitlines()[1:]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("twelve chars", ["twelve chars"]),
        ("more than twelve chars", ["more than", "twelve chars"]),
        ("offers tell_customer_soon", ["offers", "tell_", "customer_", "soon"]),
        ("tell_customer", ["tell_", "customer"]),
        ("unbreakably-long", ["unbreakably-", "long"]),
        ("\u6f22" * 7, ["\u6f22" * 6, "\u6f22"]),
        ("", [""]),
    ],
)
def test_a_line_is_broken_at_blanks_else_at_underscores_else_anywhere(
    line: str, pieces: list[str]
) -> None:
    assert _printed(line, width=12) == pieces


def test_characters_that_are_too_broad_for_the_column_take_a_line_each() -> None:
    options = Console(width=1).options
    (text,) = Lines(("\u6f22\u5b57",)).__rich_console__(Console(), options)

    assert str(text) == "\u6f22\n\u5b57"


def test_each_line_begins_anew_and_shows_what_cannot_be_seen() -> None:
    assert _printed("one", "two\u202e", width=20) == ["one", "two\\u202e"]


def test_a_cell_without_lines_is_empty() -> None:
    assert [line.strip() for line in _printed(width=12)] == [""]
