"""JSON and YAML with the same content give the same tree, and every path is found again."""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from remedykit.language.plain import read_json_input, read_yaml_input
from remedykit.language.plain_json import Plain

WORDS = st.sampled_from(
    [
        "",
        "a",
        "NO",
        "true",
        "null",
        "~",
        "12:30",
        "1e5",
        "0x10",
        "a: b",
        "#",
        "- x",
        "é😀",
        "'",
        '"',
    ]
)
KEYS = st.sampled_from(["a", "b.c", "NO", "1", "ü", "d", "e_f"])
NUMBERS = st.integers(-(10**18) + 1, 10**18 - 1) | st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
)
TREES: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(KEYS, parts, max_size=4),
    max_leaves=20,
)


def as_json(tree: Plain) -> str:
    match tree:
        case Decimal():
            return format(tree, "f")
        case list():
            return f"[{', '.join(map(as_json, tree))}]"
        case dict():
            members = (f"{json.dumps(key)}: {as_json(value)}" for key, value in tree.items())
            return f"{{{', '.join(members)}}}"
        case _:
            return json.dumps(tree, ensure_ascii=False)


def paths(tree: Plain, path: str = "") -> list[str]:
    match tree:
        case list():
            parts = [(f"{path}[{index}]", part) for index, part in enumerate(tree)]
        case dict():
            parts = [(f"{path}.{key}".removeprefix("."), part) for key, part in tree.items()]
        case _:
            parts = []
    return [each for step, part in parts for each in (step, *paths(part, step))]


@given(TREES)
def test_json_and_yaml_give_the_same_exact_tree(tree: Plain) -> None:
    text = as_json(tree)
    from_json = read_json_input(text, "in.json").tree
    from_yaml = read_yaml_input(text.encode(), "in.yaml").tree
    assert repr(from_json) == repr(from_yaml) == repr(tree)


@given(TREES)
def test_every_path_has_a_place_in_a_yaml_file(tree: Plain) -> None:
    document = read_yaml_input(as_json(tree).encode(), "in.yaml")
    assert None not in [document.place_of(path) for path in paths(tree)]
