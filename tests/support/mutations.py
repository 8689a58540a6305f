"""Damage to files, as slips of the hand and malice do it; the same chance does the same damage.

A tree keeps each scalar as it is written (``3..``, ``"gold"``), so that it can be written again as
YAML, and as JSON where all its scalars are JSON's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from remedykit.diagnostics import Findings
from remedykit.language import source
from remedykit.language.yaml_reader import read_source


@dataclass(slots=True)
class Branch:
    """A list, or a mapping if it has keys, as many as parts; equal keys are possible."""

    parts: list[Tree]
    keys: list[str] | None = None

    def members(self) -> Iterator[tuple[str, Tree]]:
        """Give the keys, each with its part."""
        return zip(self.keys or (), self.parts, strict=True)


Tree = str | Branch

CHARACTERS = (
    *"\0\a\b\t\n\r\x1b\x7f\x85\xa0\xad",
    *"\u200b\u200d\u2028\u2066\u202e\ufeff\ufffe\U0001f600\u00e9",
    *" :,.-+*/()[]{}<>='\"\\#&!|%@`?~_0159aeN",
)
SNIPPETS = (
    *("!!python/object/apply:os.system [ls]", "!= gold", "&a x", "*a", "<<: *a", "? [a, b]: c"),
    *("%YAML 1.1", "---", "...", "|\n  a", ">-\n  a", "- - - a", "[[[[[[[[", "{a: {b: {c: ", "}]"),
    *("1e9999999", "-1e-9999999", "NaN", "-Infinity", ".inf", "0x1F", "1_000", "1,000", "5.", ".5"),
    *("9" * 18, "9" * 19, "9" * 400, "-0", "00", "0.0000000000000000001", "1/0", "25%", "1000%"),
    *("3..", "..3", "5..3", "1<..2", "..", "...", "3..3..3", "2026-13-45", "2026-11-23", "12:30"),
    *("48 hours", "999999999 weeks", "-1 days", "> 25", "null", "~", "true", "NO", "''", '""'),
    *("2026-11-23T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
    *("(" * 200, "-" * 200, "not " * 100, "a" * 3000, "a." * 500, "1+" * 300 + "1", "\\x1b[2J"),
    *("__import__('os')", "lambda: 0", "x if y else z", "[x for x in y]", "order.__class__", "f''"),
    *("{incident.kind}", "{order.total:date}", "{", "}", "{{}}", "{remedy.value!r}", "<script>"),
    *("\u202egold", "go\u200bld", "g\u00f6ld", "\x1b[31m", "order.total / 0", "order.total * 1e9"),
    *(
        "1 < 2 < 3",
        "at",
        "incident.kind",
        "customer.tier == gold",
        "days(1)",
        "at + days(10000000)",
    ),
)
# Scalars that can stand in YAML and in JSON; JSON refuses what is not its own.
VALUES: tuple[Tree, ...] = (
    *(
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1",
        "1.5",
        "0.005",
        "-0.01",
        "1e9999999",
        "1E400",
        "NaN",
    ),
    *("9" * 17, "9" * 18, "9" * 19, "9" * 30, "-" + "9" * 18, "Infinity", "0.1234567890123456789"),
    *(
        json.dumps(text)
        for text in ("", " ", "x" * 20_000, "\x1b[2J", "\u202e", "NaN", "1e5", "-1")
    ),
    *(json.dumps(text) for text in ("1.50 EUR", "2026-11-23", "2026-11-23T10:00:00", "USD", "2")),
    *('"2026-11-23T10:00:00Z"', '"9999-12-31T23:59:59-14:00"', '"48 hours"', '"P99999999999D"'),
    *('"\\u0000"', '"<script>"', '"{incident.kind}"'),
    *(Branch([]), Branch([], []), Branch(["1"]), Branch([Branch([])]), Branch(["null"])),
    *(Branch(["1"], [""]), Branch(["1", "2"], ["a", "a"])),
    Branch(["1", '"EUR"'], ["amount", "currency"]),
)
_JSON_SCALAR = re.compile(
    r'"(?:[^"\\]|\\.)*"|null|true|false|NaN|-?Infinity|-?[0-9][0-9.]*(?:[eE][-+]?[0-9]+)?'
)
_TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)


def tree_of(raw: bytes) -> Tree:
    """Return the tree of a YAML file; of one that cannot be read, an empty one."""
    read = read_source("in.yaml", raw, Findings())
    return Branch([]) if read is None or read.root is None else _tree(read.root)


def as_yaml(tree: Tree, indent: int = 0) -> str:
    """Return a tree as YAML, blocks at all levels."""
    margin = "\n" + "  " * indent
    match tree:
        case str():
            return f" {tree}"
        case Branch(parts=[]):
            return " []" if tree.keys is None else " {}"
        case Branch(keys=None):
            return "".join(f"{margin}-{as_yaml(part, indent + 1)}" for part in tree.parts)
        case Branch():
            return "".join(f"{margin}{k}:{as_yaml(v, indent + 1)}" for k, v in tree.members())


def as_json(tree: Tree) -> str:
    """Return a tree as JSON; a scalar that JSON cannot write so becomes a text."""
    match tree:
        case str():
            return tree if _JSON_SCALAR.fullmatch(tree) else json.dumps(tree)
        case Branch(keys=None):
            return f"[{', '.join(map(as_json, tree.parts))}]"
        case Branch():
            return f"{{{', '.join(f'{json.dumps(k)}: {as_json(v)}' for k, v in tree.members())}}}"


def damaged_text(text: str, chance: Random) -> str:
    """Return text with one to three changes of digits, characters, words, lines or snippets."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        text = chance.choice((_digit, _digit, _characters, _words, _lines, _snippet))(text, chance)
    return text


def damaged_tree(tree: Tree, chance: Random, values: Sequence[Tree] = VALUES) -> Tree:
    """Return a copy with one or two changes: parts gone, doubled, moved, renamed or replaced.

    Args:
        tree: not changed itself.
        chance: decides where and how.
        values: what a part may be replaced with.
    """
    top = Branch([_copied(tree)])
    for _ in range(chance.choice((1, 1, 2))):
        _damage_part(top, chance, values)
    return top.parts[0] if top.parts else Branch([], [])


# --- text --------------------------------------------------------------------------------------


def _digit(text: str, chance: Random) -> str:
    digits = [place for place, character in enumerate(text) if character in "0123456789"]
    at = chance.choice(digits) if digits else len(text)
    return text[:at] + chance.choice("0123456789") + text[at + 1 :]


def _characters(text: str, chance: Random) -> str:
    start = chance.randint(0, len(text))
    end = start + chance.choice((0, 0, 1, 1, 2, 9))
    return text[:start] + chance.choice(("", chance.choice(CHARACTERS))) + text[end:]


def _words(text: str, chance: Random) -> str:
    return "".join(_rearranged(_TOKEN.findall(text), chance))


def _lines(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True)
    if lines and chance.random() < 0.2:
        at = chance.randrange(len(lines))
        lines[at] = chance.choice(
            ("  " + lines[at], lines[at].removeprefix("  "), "\t" + lines[at])
        )
        return "".join(lines)
    return "".join(_rearranged(lines, chance))


def _snippet(text: str, chance: Random) -> str:
    snippet = chance.choice(SNIPPETS)
    words = [match.span() for match in re.finditer(r"[\w.\"]+", text)]
    if not words or chance.random() < 0.2:
        at = chance.randint(0, len(text))
        return text[:at] + snippet + text[at:]
    start, end = chance.choice(words)
    return text[:start] + snippet + text[end:]


def _rearranged(parts: list[str], chance: Random) -> list[str]:
    """Return parts with one or some of them gone, doubled, swapped or replaced by others."""
    if not parts:
        return parts
    one, other = (chance.randrange(len(parts)) for _ in range(2))
    until = one + chance.choice((1, 1, 1, 2, 5))
    match chance.randrange(5):
        case 0:
            return parts[:one] + parts[until:]
        case 1:
            return parts[:until] + parts[one:]
        case 2:
            parts[one], parts[other] = parts[other], parts[one]
        case 3:
            parts[one] = parts[other]
        case _:
            return parts[:other] + parts[one:until] + parts[other:]
    return parts


# --- trees -------------------------------------------------------------------------------------


def _tree(node: source.Node) -> Tree:
    match node:
        case source.Scalar():
            return node.text if node.style == "plain" else json.dumps(node.text)
        case source.Sequence():
            return Branch([_tree(item) for item in node.items])
        case source.Mapping():
            parts = [_tree(entry.value) for entry in node.entries]
            return Branch(parts, [entry.key.text for entry in node.entries])


def _copied(tree: Tree) -> Tree:
    if isinstance(tree, str):
        return tree
    return Branch([_copied(part) for part in tree.parts], tree.keys and list(tree.keys))


def _spots(top: Branch) -> list[tuple[Branch, int]]:
    """Return where each part stands: what holds it, and its index."""
    spots: list[tuple[Branch, int]] = []
    waiting = [top]
    while waiting:
        branch = waiting.pop()
        spots.extend((branch, index) for index in range(len(branch.parts)))
        waiting.extend(part for part in branch.parts if isinstance(part, Branch))
    return spots or [(Branch([""]), 0)]


def _damage_part(top: Branch, chance: Random, values: Sequence[Tree]) -> None:
    spots = _spots(top)
    branch, index = chance.choice(spots)
    match chance.randrange(8):
        case 0 | 1:
            branch.parts[index] = _copied(chance.choice(values))
        case 2:
            other, there = chance.choice(spots)
            branch.parts[index] = _copied(other.parts[there])
        case 3 | 4:
            alike = [each for each in spots if _key(*each) == _key(branch, index)]
            other, there = chance.choice(alike)
            branch.parts[index] = _copied(other.parts[there])
        case 5:
            branch.parts[index] = _wrapped(branch.parts[index], chance)
        case 6:
            times = chance.choice((0, 0, 0, 2))
            branch.parts[index : index + 1] = [_copied(branch.parts[index]) for _ in range(times)]
            if branch.keys:
                branch.keys[index : index + 1] = [branch.keys[index]] * times
        case _:
            if branch.keys:
                branch.keys[index] = _renamed(branch.keys[index], chance)


def _key(branch: Branch, index: int) -> str | None:
    return branch.keys[index] if branch.keys else None


def _wrapped(tree: Tree, chance: Random) -> Tree:
    for _ in range(chance.choice((1, 1, 2, 70))):
        tree = chance.choice((Branch([tree]), Branch([tree], ["a"])))
    return tree


def _renamed(name: str, chance: Random) -> str:
    at = chance.randrange(len(name) + 1)
    return chance.choice((name[:at] + name[at + 1 :], f"{name[:at]}x{name[at:]}", name.upper()))
