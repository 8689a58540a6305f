"""Reading what is decided about: exact numbers, no guessing, and errors that name the place."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from remedykit.errors import InputError
from remedykit.language.plain import PlainDocument, read_json_input, read_yaml_input


def json_error(text: bytes | str) -> InputError:
    with pytest.raises(InputError) as caught:
        read_json_input(text, "in.json")
    return caught.value


def yaml_error(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        read_yaml_input(text.encode(), "in.yaml")
    return caught.value


def same(found: object, expected: object) -> bool:
    return repr(found) == repr(expected)  # tells 1 from True and 1.5 from 1.50


# --- values ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"a": [1, -2.50, true, false, null, "x"]}',
            [1, Decimal("-2.50"), True, False, None, "x"],
        ),
        ('\ufeff{"a": 0}', 0),
        ('{"a": 123456789012345678}', 123456789012345678),
        ('{"a": "\\ud83d\\ude00"}', "😀"),
    ],
)
def test_json_values_are_exact(text: str, expected: object) -> None:
    tree = read_json_input(text, "in.json").tree
    assert same(tree, {"a": expected})
    assert same(read_json_input(text.encode(), "in.json").tree, tree)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-17", -17),
        ("2.50", Decimal("2.50")),
        ("123456789012345678", 123456789012345678),
        ("[1, {b: 2}]", [1, {"b": 2}]),
    ],
)
def test_yaml_values_are_those_of_json(written: str, expected: object) -> None:
    assert same(read_yaml_input(f"a: {written}\n".encode(), "in.yaml").tree, {"a": expected})


@pytest.mark.parametrize(
    "word",
    ["NO", "yes", "True", "NULL", "12:30", "0x10", "1_000", "007", "+5", ".5", "5.", "2026-11-23"],
)
def test_what_only_yaml_would_take_for_something_else_stays_text(word: str) -> None:
    assert read_yaml_input(f"a: {word}\n".encode(), "in.yaml").tree == {"a": word}


@pytest.mark.parametrize("written", ["'1'", '"true"', "'null'", "''", "|-\n  1", "'1e9'"])
def test_what_is_quoted_is_text(written: str) -> None:
    tree = read_yaml_input(f"a: {written}\n".encode(), "in.yaml").tree
    assert isinstance(tree, dict)
    assert isinstance(tree["a"], str)


def test_an_empty_yaml_file_is_nothing() -> None:
    assert read_yaml_input(b"# nothing\n", "in.yaml").tree is None


# --- refused JSON ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ("", "in.json:1:1", "a value is expected here"),
        ('{"a": 1,}', "in.json:1:9", "a key in double quotes is expected here"),
        ('{"a" 1}', "in.json:1:6", "a `:` is expected here"),
        ("[1\n 2]", "in.json:2:2", "a comma or the closing bracket is expected here"),
        ("[1, x]", "in.json:1:5", "a value is expected here"),
        ("1 2", "in.json:1:3", "nothing may follow after the value"),
        ('["a', "in.json:1:2", "this text is never closed with a quotation mark"),
        ('"\n"', "in.json:1:2", "a line end or control character must be escaped in a text"),
        ('"\\q"', "in.json:1:2", "this is not an escape; write `\\\\` for a backslash"),
    ],
)
def test_broken_json_is_told_with_line_and_column(text: str, where: str, problem: str) -> None:
    error = json_error(text)
    if text != '{"a": 1,}':  # newer versions of Python name the comma
        assert (error.where, error.problem) == (where, problem)
    assert error.where.startswith("in.json:1:" if "\n 2" not in text else where)


@pytest.mark.parametrize(
    ("text", "where", "begins"),
    [
        ('{"a": {"b": [0, 1e9999999]}}', "in.json: a.b[1]", "`1e9999999` has an exponent"),
        ('{"a": 1.5E3}', "in.json: a", "`1.5E3` has an exponent"),
        ('[{"b": 1234567890123456789}]', "in.json: [0].b", "`1234567890123456789` has more than"),
        ('{"a": 0.1234567890123456789}', "in.json: a", "`0.1234567890123456789` has more than"),
        ('{"a": ' + "9" * 5000 + "}", "in.json: a", f"`{'9' * 40}...` has more than 18 digits"),
        ('{"a": [NaN]}', "in.json: a[0]", "`NaN` is no number"),
        ('{"a": -Infinity}', "in.json: a", "`-Infinity` is no number"),
        ('{"o": {"a": 1, "b": 2, "a": 3}}', "in.json: o.a", "the key stands twice"),
        ('{"a": "\\ud800"}', "in.json: a", "half a character"),
        ('{"\\udc00": [1, true]}', "in.json: \\udc00", "half a character"),
        ('{"a": [1, "\ud800"]}', "in.json: a[1]", "half a character"),
        ("NaN", "in.json", "`NaN` is no number"),
        ("[" * 65 + "]" * 65, "in.json", "lists and objects are nested more than 64 levels"),
        ('{"a":' * 65 + "1" + "}" * 65, "in.json", "lists and objects are nested more than 64"),
        ("[" * 100_000, "in.json", "lists and objects are nested more than 64 levels deep"),
        ("[" + "1," * 1_000_000 + "1]", "in.json", "the file has more than 1000000 values"),
        (" " * (16 * 1024 * 1024 + 1), "in.json", "the file has more than 16777216 bytes"),
        (b"\xff\xfe1\x00", "in.json", "the file is not in UTF-8"),
    ],
    ids=range(18),
)
def test_json_that_is_not_exact_or_too_large_is_refused_with_its_path(
    text: bytes | str, where: str, begins: str
) -> None:
    error = json_error(text)
    assert error.where == where
    assert error.problem.startswith(begins)


def test_without_a_name_the_path_stands_alone() -> None:
    with pytest.raises(InputError) as caught:
        read_json_input('{"a": NaN}', "")
    assert caught.value.where == "a"


def test_64_levels_of_json_are_read() -> None:
    assert read_json_input("[" * 64 + "]" * 64, "in.json").tree


# --- refused YAML ------------------------------------------------------------------------------


def test_a_wrong_number_is_told_with_its_line() -> None:
    error = yaml_error("a: 1\nb:\n  - 1e9999999\n")
    assert error.where == "in.yaml:3:5"
    assert str(error) == (
        "in.yaml:3:5: error[wrong-input]: `1e9999999` has an exponent\n"
        " 3 |   - 1e9999999\n"
        "   |     ^^^^^^^^^\n"
        "   = help: write all digits; put quotes around a text of digits"
    )


def test_all_faults_of_a_yaml_file_are_told() -> None:
    error = yaml_error("a: 12345678901234567890\nb: 1e5\na: 2\n")
    assert error.where == "in.yaml:1:4"
    assert [code in str(error) for code in ("in.yaml:2:4", "duplicate-key")] == [True, True]


def test_yaml_that_cannot_be_read_is_told_with_its_line() -> None:
    error = yaml_error("a: [1\n")
    assert error.where == "in.yaml:1:4"
    assert "\n 1 | a: [1\n" in str(error)


def test_thousands_of_wrong_numbers_are_told_in_part() -> None:
    assert 50 <= str(yaml_error("- 1e5\n" * 5000)).count("has an exponent") <= 200


# --- places ------------------------------------------------------------------------------------

STORY = """\
incident:
  kind: damaged
  order:
    lines: [{price: x}, {price: 3}]
facts:
  order.channel: web
  order: {}
  nothing:
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ("incident.kind", 2, 9),
        ("incident.order.lines[0].price", 4, 21),
        ("incident.order.lines[1]", 4, 25),
        ("incident.order.lines", 4, 5),
        ("incident", 1, 1),
        ("facts.order.channel", 6, 18),
        ("facts.order", 7, 3),
        ("facts.nothing", 8, 3),
        ("incident.order.total", 3, 3),
        ("incident.order.lines[7].price", 4, 5),
        ("incident.order.lines.price", 4, 5),
        ("incident.kind.of", 2, 9),
    ],
)
def test_a_path_leads_to_the_deepest_thing_that_stands_there(
    path: str, line: int, column: int
) -> None:
    place = read_yaml_input(STORY.encode(), "s.yaml").place_of(path)
    assert place is not None
    assert (place.file, place.line, place.column) == ("s.yaml", line, column)


@pytest.mark.parametrize("path", ["customer", "customer.tier", ""])
def test_a_path_that_begins_nowhere_has_no_place(path: str) -> None:
    assert read_yaml_input(STORY.encode(), "s.yaml").place_of(path) is None


def test_in_a_list_at_the_top_a_path_begins_with_an_index() -> None:
    place = read_yaml_input(b"- a\n- b: c\n", "s.yaml").place_of("[1].b")
    assert str(place) == "s.yaml:2:6"


def test_json_has_no_places() -> None:
    assert read_json_input('{"a": 1}', "s.json").place_of("a") is None


def test_an_error_is_shown_in_its_file() -> None:
    document = read_yaml_input(STORY.encode(), "s.yaml")
    located = document.located(InputError("incident.order.lines[0].price", "must be money"))
    assert str(located) == (
        "s.yaml:4:21: error[wrong-input]: incident.order.lines[0].price: must be money\n"
        " 4 |     lines: [{price: x}, {price: 3}]\n"
        "   |                     ^"
    )


@pytest.mark.parametrize(
    ("read", "path"),
    [
        (lambda: read_yaml_input(STORY.encode(), "s.yaml"), "customer"),
        (lambda: read_json_input("{}", "s.json"), "incident"),
    ],
)
def test_an_error_without_a_place_stays_as_it_is(
    read: Callable[[], PlainDocument], path: str
) -> None:
    error = InputError(path, "is missing")
    assert read().located(error) is error
