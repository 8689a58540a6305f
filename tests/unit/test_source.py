"""What is read from a YAML file, where it stands, and what is refused."""

import pytest
import yaml

from remedykit.diagnostics import Diagnostic, Findings, Place
from remedykit.language import yaml_reader
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence, SourceFile
from remedykit.language.yaml_reader import read_source


def read(text: str | bytes) -> tuple[SourceFile | None, tuple[Diagnostic, ...]]:
    findings = Findings()
    raw = text if isinstance(text, bytes) else text.encode()
    return read_source("p.yaml", raw, findings), findings.sorted()


def root(text: str | bytes) -> Node:
    source, found = read(text)
    assert found == ()
    assert source is not None
    assert source.root is not None
    return source.root


def fault(text: str | bytes) -> Diagnostic:
    source, (found,) = read(text)
    assert source is None
    return found


def value(text: str) -> Scalar:
    node = root(text)
    assert isinstance(node, Mapping)
    found = node.entries[0].value
    assert isinstance(found, Scalar)
    return found


def words(place: Place, text: str) -> str:
    assert place.line == place.end_line
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]


def place(line: int, column: int, end_line: int, end_column: int) -> Place:
    return Place("p.yaml", line, column, end_line, end_column)


# --- nodes and places --------------------------------------------------------------------------


def test_a_mapping_has_its_entries_in_the_order_of_the_file() -> None:
    assert root("b: 1\na: x\n") == Mapping(
        (
            Entry(
                Scalar("b", "plain", *place(1, 1, 1, 2)), Scalar("1", "plain", *place(1, 4, 1, 5))
            ),
            Entry(
                Scalar("a", "plain", *place(2, 1, 2, 2)), Scalar("x", "plain", *place(2, 4, 2, 5))
            ),
        ),
        place(1, 1, 2, 5),
    )


def test_an_entry_is_found_by_its_name() -> None:
    node = root("a: 1\nb: 2\n")
    assert isinstance(node, Mapping)
    found = node.get("b")
    assert found is not None
    assert found.value == Scalar("2", "plain", *place(2, 4, 2, 5))
    assert node.get("c") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b\n\n# end\n", place(1, 1, 2, 4)),
        ("[a,\n b]  # end\n", place(1, 1, 2, 4)),
        ("a:\n  - b: c\n\nd: e\n", place(1, 1, 4, 5)),
        ("{a: b}\n", place(1, 1, 1, 7)),
        ("[]\n", place(1, 1, 1, 3)),
    ],
)
def test_a_list_or_mapping_ends_with_its_last_part_or_bracket(text: str, expected: Place) -> None:
    assert root(text).place == expected


def test_a_pair_in_a_list_is_a_mapping_without_brackets() -> None:
    node = root("[a: b , c]\n")
    assert isinstance(node, Sequence)
    assert node.items[0].place == place(1, 2, 1, 6)


@pytest.mark.parametrize(
    ("text", "style"),
    [("k: a b", "plain"), ("k: 'a b'", "quoted"), ('k: "a b"', "quoted"), ("k: |-\n a b", "block")],
)
def test_a_scalar_knows_how_it_is_written(text: str, style: str) -> None:
    assert (value(text).text, value(text).style) == ("a b", style)


@pytest.mark.parametrize("text", ["a b", "'a b'", '"a\\u0020b"', "|-\n a b"])
def test_texts_are_equal_where_the_same_stands_in_the_file(text: str) -> None:
    one, other = value(f"k: {text}\n"), value(f"k: {text}\n")
    assert one == other
    assert hash(one) == hash(other)


def test_texts_that_are_written_otherwise_differ() -> None:
    assert value('k: "a\\u0020b "') != value('k: "a b\\u0020"')


@pytest.mark.parametrize("text", ["k:\nb: 1", "k:", "k: # why\n"])
def test_nothing_after_a_key_is_an_empty_scalar_one_character_wide(text: str) -> None:
    assert value(text) == Scalar("", "plain", *place(1, 3, 1, 4))


@pytest.mark.parametrize("word", ["NO", "12:30", "2026-11-23", "1_000", "0x10", "~", "1e3"])
def test_no_word_is_taken_for_anything_but_its_text(word: str) -> None:
    assert value(f"k: {word}").text == word


@pytest.mark.parametrize("text", ["", "\n# nothing\n", "---\n", "---\n...\n", "\ufeff"])
def test_a_file_without_content_has_no_top_node(text: str) -> None:
    source, found = read(text)
    assert source is not None
    assert source.root is None
    assert found == ()


def test_a_byte_order_mark_moves_no_column() -> None:
    assert root(b"\xef\xbb\xbfa: 1\n").place == place(1, 1, 1, 5)


def test_columns_count_characters_and_lines_end_with_or_without_return() -> None:
    assert value("# ü\r\n'é😀': 'b'\r\n").place == place(2, 7, 2, 10)
    source, _ = read("a: 1\r\nb: 2\n")
    assert source is not None
    assert source.lines == ("a: 1", "b: 2", "")


def test_a_block_is_shown_without_the_empty_lines_below_it() -> None:
    assert value("k: |\n  a\n  b\n\n\n").place == place(1, 4, 3, 4)


def test_the_lines_are_known_to_the_findings() -> None:
    findings = Findings()
    read_source("p.yaml", b"a: 1\nb: 2", findings)
    assert findings.sources == {"p.yaml": ("a: 1", "b: 2")}


# --- places within a scalar --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "part", "shown"),
    [
        ("k: loss <= total\n", "<=", "<="),
        ("k: 'it''s lost'\n", "'s", "''s"),
        ('k: "caf\\u00e9 \\x41 x"\n', "é A", "\\u00e9 \\x41"),
        ('k: "a\\tb"\n', "\t", "\\t"),
        ("k: first\n   second\n", "second", "second"),
        ("k: 'first\n\n   second'\n", "second", "second"),
        ('k: "first\\\n   second"\n', "second", "second"),
        ("k: |\n  one\n   two\n", " two", " two"),
        ("k: |2\n    one\n  two\n", "two", "two"),
        ("k: >\n  one\n  two\n\n  three\n    four\n", "three", "three"),
        ("k: >\n  one\n  two\n\n  three\n    four\n", "  four", "  four"),
        ("k: >-\r\n  one\r\n  two\r\n", "two", "two"),
    ],
)
def test_a_part_of_a_scalar_has_its_exact_place(text: str, part: str, shown: str) -> None:
    scalar = value(text)
    start = scalar.text.index(part)
    assert words(scalar.place_of(start, start + len(part)), text) == shown


def test_a_stretch_over_folded_lines_has_two_ends() -> None:
    assert value("k: one\n  two three\n").place_of(0, 7) == place(1, 4, 2, 6)


@pytest.mark.parametrize("text", ["k: abc\n", "k: 'abc'\n"])
def test_an_empty_stretch_is_one_character_wide(text: str) -> None:
    scalar = value(text)
    assert words(scalar.place_of(1, 1), text) == "b"
    behind = scalar.place_of(3, 3)
    assert behind.end_column == behind.column + 1 == text.index("c") + 3


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 4)])
def test_a_stretch_outside_the_text_is_the_whole_scalar(start: int, end: int) -> None:
    scalar = value("k: 'abc'\n")
    assert scalar.place_of(start, end) == scalar.place


@pytest.mark.parametrize("text", ["k: ''\n", "k: |\n", "k: |+\n\n\n"])
def test_a_text_without_words_is_shown_whole(text: str) -> None:
    scalar = value(text)
    assert scalar.place_of(0, 0) == scalar.place


# --- refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "underlined"),
    [
        ("a: *b\n", "yaml-alias", "*b"),
        ("a:\n  <<: {b: 1}\n", "merge-key", "<<"),
        ("{[a, b]: 1}\n", "complex-key", "[a, b]"),
        ("? |\n  a\n: 1\n", "complex-key", "|"),
        ("a: {? : 1}\n", "complex-key", ":"),
        ("a: 1\n---\nb: 2\n", "several-documents", "---"),
        ("---\n---\na: 1\n", "several-documents", "---"),
        ("# hello\n\n%YAML 1.1\n---\na: 1\n", "yaml-directive", "%YAML 1.1"),
        ("a: 1\n...\n%TAG !x! y\n---\nb: 1\n", "yaml-directive", "%TAG !x! y"),
        ("a: b\u200bc\n", "forbidden-character", "\u200b"),
        ("a: 'b\u202ec'\n", "forbidden-character", "\u202e"),
        ("# \x07\n", "forbidden-character", "\x07"),
        ("a: 1\rb: 2\n", "forbidden-character", "\r"),
        ("a:\n\tb: 1\n", "tab-indentation", "\t"),
        ("a: !b!c [d]\n", "yaml-tag", "!b!c"),
        ("a: {b: !c}\n", "yaml-tag", "!c"),
    ],
)
def test_what_yaml_can_do_beyond_plain_trees_is_refused(
    text: str, code: str, underlined: str
) -> None:
    found = fault(text)
    assert (found.code, found.underlined) == (code, underlined)


@pytest.mark.parametrize(
    ("text", "code", "underlined", "help_"),
    [
        ("a: != gold", "yaml-tag", "!=", "write `{not: gold}`"),
        ("a: {b: !=gold , c: d}", "yaml-tag", "!=gold", "write `{not: gold}`"),
        ("a: !=", "yaml-tag", "!=", "write `{not: ...}`"),
        (
            "a: !!str 5",
            "yaml-tag",
            "!!str",
            "remove it; put quotes around a text that begins with `!`",
        ),
        ("a: ! 5", "yaml-tag", "!", "remove it; put quotes around a text that begins with `!`"),
        (
            "a: &b [c]",
            "yaml-anchor",
            "&b",
            "remove it; put quotes around a text that begins with `&`",
        ),
        (
            'a: "b\\u200bc"',
            "forbidden-character",
            "\\u200b",
            "delete it; copied text often brings such characters along",
        ),
    ],
)
def test_after_some_faults_the_rest_is_still_given(
    text: str, code: str, underlined: str, help_: str
) -> None:
    source, (found,) = read(text)
    assert source is not None
    assert (found.code, found.underlined, found.help) == (code, underlined, help_)


@pytest.mark.parametrize(
    ("text", "content", "shown"),
    [
        ("a: !x gold\n", "gold", "gold"),
        ("a: &x 'gold'\n", "gold", "'gold'"),
        ("a: !x # why\n  gold\n", "gold", "gold"),
        ("a: !x\n", "", "!x"),
    ],
)
def test_a_text_after_a_tag_or_an_anchor_has_its_own_place(
    text: str, content: str, shown: str
) -> None:
    source, found = read(text)
    assert len(found) == 1
    assert source is not None
    assert isinstance(source.root, Mapping)
    scalar = source.root.entries[0].value
    assert isinstance(scalar, Scalar)
    assert scalar.text == content
    assert words(scalar.place, text) == shown


def test_a_sign_for_unequal_that_breaks_the_syntax_has_its_help_too() -> None:
    assert fault("a: {b: !=gold}\n").help == "write `{not: gold}`"


def test_a_key_that_stands_twice_shows_both_places_and_keeps_the_first() -> None:
    source, (found,) = read("a: 1\nb: 2\na: 3\n")
    assert found.code == "duplicate-key"
    assert found.place == place(3, 1, 3, 2)
    assert found.also is not None
    assert found.also.place == place(1, 1, 1, 2)
    assert source is not None
    assert isinstance(source.root, Mapping)
    assert [entry.key.text for entry in source.root.entries] == ["a", "b"]


def test_a_quoted_merge_sign_is_a_key_like_others() -> None:
    assert isinstance(root("'<<': 1\n"), Mapping)


def test_two_wrong_keys_are_not_called_equal() -> None:
    _, found = read("{[a]: 1, [b]: 2}")
    assert [each.code for each in found] == ["complex-key", "complex-key"]


@pytest.mark.parametrize(
    ("raw", "column"),
    [
        (b"a: caf\xe9\n", 7),
        ("a: é ".encode() + b"\xff", 6),
        (b"\xff\xfea\x00", 1),
        (b"\xef\xbb\xbfa: \xff", 4),
    ],
)
def test_bytes_that_are_no_utf8_are_shown_where_they_stand(raw: bytes, column: int) -> None:
    found = fault(raw)
    assert found.code == "not-utf8"
    assert found.place == place(1, column, 1, column + 1)
    assert found.underlined == "\ufffd"


def test_after_many_faults_reading_stops_and_says_so() -> None:
    _, found = read("- !x a\n" * 1000)
    codes = [each.code for each in found]
    assert codes.count("yaml-tag") == 20
    assert codes.count("too-many-faults") == 1


# --- limits ------------------------------------------------------------------------------------


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not() -> None:
    largest = b"a: " + b"x" * (1024 * 1024 - 3)
    assert isinstance(root(largest), Mapping)
    found = fault(largest + b"x")
    assert (found.code, found.place) == ("file-too-large", place(1, 1, 1, 2))


def test_levels_up_to_the_limit_are_read() -> None:
    assert isinstance(root("[" * 64 + "]" * 64), Sequence)
    found = fault("[" * 65 + "]" * 65)
    assert (found.code, found.place.column) == ("too-deep", 65)


def test_nodes_up_to_the_limit_are_read() -> None:
    assert isinstance(root("[" + "a," * 199_999 + "]"), Sequence)
    found = fault("[" + "a," * 200_000 + "]")
    assert (found.code, found.place.column) == ("too-many-nodes", 400_000)


# --- PyYAML without libyaml --------------------------------------------------------------------

SAMPLES = (
    "a: 1\nb: [x, 'y z', {c: d}]\nc: |\n  one\n  two\nd: >\n  one\n  two\ne:\n",
    "- a\n- b: 1\n  c: 2\n-\n- [d: e]\n",
    "# only this\n",
)


@pytest.mark.parametrize("text", SAMPLES)
def test_without_libyaml_the_same_is_read(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read(text)
    monkeypatch.setattr(yaml_reader, "PARSER", yaml.SafeLoader)
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c\n",
        "a: [1\n",
        "a: > 25\n",
        "a: {b: > 25}\n",
        "a: 'b\n",
        "a: 1\nb\n",
        "a: - b\n",
        "a:\n\tb: 1\n",
        "a: @b\n",
        "a: ]\n",
        'a: "\\U00110000"\n',
    ],
)
def test_without_libyaml_the_same_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = fault(text)
    monkeypatch.setattr(yaml_reader, "PARSER", yaml.SafeLoader)
    found = fault(text)
    assert (found.code, found.message, found.place) == (
        expected.code,
        expected.message,
        expected.place,
    )


class _Strange:
    """A parser whose events are of no known kind, as when PyYAML was loaded twice."""

    def __init__(self, _: str) -> None:
        pass

    def get_event(self) -> yaml.Event:
        return yaml.Event()

    def dispose(self) -> None:
        pass


def test_an_unknown_event_is_never_taken_for_an_empty_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "PARSER", _Strange)
    with pytest.raises(TypeError, match="which is none of its own"):
        read("a: 1")
