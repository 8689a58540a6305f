"""Every character of a scalar's text is found again in the file."""

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from remedykit.diagnostics import Findings
from remedykit.language.source import Mapping, Scalar
from remedykit.language.yaml_reader import read_source

TEXTS = st.text(alphabet="ab é😀'\"\\:#-{}[],&*!|>%@\n\t", max_size=40)
LINES = st.lists(st.text(alphabet="ab \t'é", max_size=6), min_size=1, max_size=6)
ESCAPES = {
    "\\n": "\n",
    "\\t": "\t",
    "\\\\": "\\",
    '\\"': '"',
    "\\u00e9": "é",
    "\\U0001F600": "😀",
    "\\ ": " ",
}


def scalar_of(file: str) -> Scalar | None:
    """Return the value of the first key of a file, ``None`` if the file is refused."""
    source = read_source("p.yaml", file.encode(), Findings())
    if source is None:
        return None
    assert isinstance(source.root, Mapping)
    value = source.root.entries[0].value
    return value if isinstance(value, Scalar) else None


def shown(file: str, scalar: Scalar, index: int) -> str:
    """Return what stands at the place of one character of the text."""
    place = scalar.place_of(index, index + 1)
    assert place.line <= place.end_line
    lines = [f"{line}\n" for line in file.split("\n")]
    if place.line == place.end_line:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]
    assert (place.end_line, place.end_column) == (place.line + 1, 1)
    return lines[place.line - 1][place.column - 1 :]


def check(file: str, scalar: Scalar | None) -> None:
    """Compare each character with the one at its place."""
    assert scalar is not None
    for index, character in enumerate(scalar.text):
        found = shown(file, scalar, index)
        if character in " \n" and found == "\n":
            continue  # a line end that was kept or folded
        if character == "'" and found == "''":
            continue
        assert ESCAPES.get(found, found) == character


@given(TEXTS, st.sampled_from(["'", '"', "|", ">"]), st.integers(8, 80))
def test_in_what_a_yaml_writer_writes(text: str, style: str, width: int) -> None:
    dumped = yaml.dump(text, default_style=style, width=width, allow_unicode=True)
    file = f"key: {dumped}"
    scalar = scalar_of(file)
    assume(scalar is not None and scalar.text.strip(" \n"))
    check(file, scalar)


HEADERS = st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|2", ">2"])


@given(LINES, HEADERS, st.sampled_from(["\n", "\r\n"]))
def test_in_blocks_written_by_hand(lines: list[str], header: str, end: str) -> None:
    file = f"key: {header}{end}" + "".join(f"  {line}{end}" for line in lines)
    scalar = scalar_of(file)
    assume(scalar is not None and scalar.text.strip(" \n"))
    check(file, scalar)


@given(LINES, st.sampled_from(["'", '"', ""]))
def test_in_folded_lines_written_by_hand(lines: list[str], quote: str) -> None:
    inner = "\n  ".join(lines)
    if quote == "'":
        inner = inner.replace("'", "''")
    file = f"key: {quote}{inner}{quote}\n"
    scalar = scalar_of(file)
    assume(scalar is not None)
    check(file, scalar)


@given(st.lists(st.sampled_from([*ESCAPES, "a", " ", "\n  ", "\\\n  ", "\n\n "]), max_size=20))
def test_in_double_quotes_with_escapes(pieces: list[str]) -> None:
    file = f'key: "{"".join(pieces)}"\n'
    scalar = scalar_of(file)
    check(file, scalar)
