"""CSV files as spreadsheets write them: what their cells say, and where each stands."""

import pytest

from remedykit.diagnostics import Findings, Place
from remedykit.language.csv_reader import read_csv
from remedykit.language.source import Scalar, Sequence

NAME = "t.csv"


def cells(text: str | bytes) -> list[list[Scalar]]:
    findings = Findings()
    raw = text if isinstance(text, bytes) else text.encode()
    rows = read_csv(NAME, raw, findings)
    assert rows is not None, findings.found
    read = [row.items if isinstance(row, Sequence) else () for row in rows.items]
    return [[cell for cell in row if isinstance(cell, Scalar)] for row in read]


def texts(text: str | bytes) -> list[list[str]]:
    return [[cell.text for cell in row] for row in cells(text)]


@pytest.mark.parametrize(
    "written",
    ["a,b\n1,2\n", "a;b\r\n1;2\r\n", "a,b\n1,2", "\ufeffa;b\n 1 ; 2 \n", '"a","b"\n" 1","2 "\n'],
)
def test_delimiters_quotes_line_ends_and_blanks_are_no_part_of_a_cell(written: str) -> None:
    assert texts(written) == [["a", "b"], ["1", "2"]]


def test_rows_without_a_word_are_left_out() -> None:
    assert texts("a;b\n;\n1;2\n;;;\n\n \n") == [["a", "b"], ["1", "2"]]


def test_a_file_of_nothing_has_no_rows() -> None:
    assert texts("") == []
    assert texts(b"\xef\xbb\xbf\r\n\r\n") == []


def test_without_a_delimiter_there_is_one_column() -> None:
    assert texts('a\n1\n"2,3"\n') == [["a"], ["1"], ["2,3"]]


def test_a_quoted_cell_holds_delimiters_quotes_and_line_ends() -> None:
    assert texts('a,b\n"x,""y""","1\r\n2"\n') == [["a", "b"], ['x,"y"', "1\n2"]]


def test_a_quote_within_a_bare_cell_is_a_quote() -> None:
    assert texts('a,b\n5" pipe,it"s\n') == [["a", "b"], ['5" pipe', 'it"s']]


def test_a_cell_knows_where_it_stands_without_quotes_and_blanks() -> None:
    ((_, _), (first, second), (third, fourth)) = cells('\ufeffa;b\r\n gold ;"x ; y"\r\nx;" "\r\n')

    assert first.place == Place(NAME, 2, 2, 2, 6)
    assert second.place == Place(NAME, 2, 9, 2, 14)
    assert third.place == Place(NAME, 3, 1, 3, 2)
    assert (fourth.text, fourth.line, fourth.column) == ("", 3, 4)


def test_a_cell_over_several_lines_moves_those_after_it() -> None:
    (_, (long, after)) = cells('a,b\n"one\ntwo",x\n')

    assert long.place == Place(NAME, 2, 2, 3, 4)
    assert after.place == Place(NAME, 3, 6, 3, 7)


def test_each_character_of_a_cell_is_found_behind_doubled_quotes_and_line_ends() -> None:
    (_, (cell,)) = cells('a\n"x""y\r\nz,"\n')

    found = {
        text: cell.place_of(cell.text.index(text), cell.text.index(text) + 1) for text in "xyz"
    }
    assert found == {
        "x": Place(NAME, 2, 2, 2, 3),
        "y": Place(NAME, 2, 5, 2, 6),
        "z": Place(NAME, 3, 1, 3, 2),
    }


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("a;b,c\n", "csv-delimiter"),
        ("a\tb\n", "csv-delimiter"),
        ('a\n"1', "csv-syntax"),
        ('a,b\nx,"1"2\n', "csv-syntax"),
        ("a\n\u202e1\n", "forbidden-character"),
        ("a\r1\r", "forbidden-character"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(written: str, code: str) -> None:
    findings = Findings()

    assert read_csv(NAME, written.encode(), findings) is None
    assert {item.code for item in findings.found} == {code}


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [('a,b\nx,"1\n2,3\n', 2, 3), ('a,b\nx,y\n"u","v"w\n', 3, 8), ('a,b\n"x"",y\n', 2, 1)],
)
def test_the_quote_that_breaks_a_file_is_pointed_to(written: str, line: int, column: int) -> None:
    findings = Findings()
    read_csv(NAME, written.encode(), findings)

    (found,) = findings.found
    assert (found.place.line, found.place.column) == (line, column)


def test_another_encoding_and_a_large_file_are_refused() -> None:
    for raw, code in ((b"gr\xfc\xdfe\n", "not-utf8"), (b"a" * 1_048_577, "file-too-large")):
        findings = Findings()
        assert read_csv(NAME, raw, findings) is None
        assert [item.code for item in findings.found] == [code]
