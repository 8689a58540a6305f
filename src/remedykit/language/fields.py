"""Reading the sections of a policy: known keys, expected shapes, and one message for each fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import TypeVar

from remedykit.diagnostics import Findings, Place
from remedykit.language.hints import for_choice, for_key, meant_key, true_or_false
from remedykit.language.names import did_you_mean, listed, use_one_of
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence

Word = TypeVar("Word", bound=str)


@dataclass(frozen=True, slots=True)
class Fields:
    """The entries of a mapping whose keys were checked; what is missing was not written."""

    by_key: Map[str, Entry]
    node: Mapping
    misspelt: frozenset[str] = frozenset()  # keys that an unknown one most likely means
    has_unknown: bool = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them, in the order of the file."""
        return tuple(self.by_key.values())

    def node_of(self, name: str) -> Node | None:
        """Return the value written for `name`, or ``None``."""
        entry = self.by_key.get(name)
        return None if entry is None else entry.value

    def entry(self, name: str) -> Entry | None:
        """Return the entry of `name`, or ``None``."""
        return self.by_key.get(name)


def no_hint(_: str) -> str:
    """Return what is known of a key where nothing is: no help."""
    return ""


def read_fields(
    node: Node,
    allowed: tuple[str, ...],
    what: str,
    findings: Findings,
    example: str = "",
    hint: Callable[[str], str] = no_hint,
) -> Fields | None:
    """Return the entries of a mapping, reporting keys that are not `allowed`.

    Args:
        node: what was written.
        allowed: the keys that may stand here.
        what: what this is, in the author's words, such as ``a rule``.
        findings: where faults are reported.
        example: how to write it, for the help.
        hint: tells what to do about an unknown key; empty where it knows nothing.
    """
    if not isinstance(node, Mapping):
        findings.error(
            "wrong-shape",
            node.place,
            f"{what} is written as a map of keys and values",
            help=f"write {example}" if example else f"its keys are {listed(allowed)}",
        )
        return None
    return known_fields(node, allowed, what, findings, hint)


def known_fields(
    node: Mapping,
    allowed: tuple[str, ...],
    what: str,
    findings: Findings,
    hint: Callable[[str], str] = no_hint,
) -> Fields:
    """Return the entries of a mapping whose keys are `allowed`, reporting the others."""
    kept: dict[str, Entry] = {}
    misspelt: set[str] = set()
    before: Entry | None = None
    for entry in node.entries:
        if entry.key.text in allowed:
            kept[entry.key.text] = entry
        elif before is None or not (_is_cut(before, findings) and _is_cut(entry, findings)):
            if not stray_comma(entry, findings):
                _unknown_key(entry.key, allowed, what, hint(entry.key.text), findings)
            misspelt.add(meant_key(entry.key.text, allowed) or "")
        before = entry
    return Fields(kept, node, frozenset(misspelt), has_unknown=bool(misspelt))


def _unknown_key(
    key: Scalar, allowed: tuple[str, ...], what: str, help_: str, findings: Findings
) -> None:
    findings.error(
        "unknown-key",
        key.place,
        f"{what} has no key `{key.text}`",
        help=help_ or for_key(key.text, allowed, f"its keys are {listed(allowed)}"),
    )


def stray_comma(entry: Entry, findings: Findings) -> bool:
    """Report a key that is the rest of a value which a comma cut in two, as in ``{a: 1,000}``."""
    if not _is_cut(entry, findings):
        return False
    findings.error(
        "stray-comma",
        entry.key.place,
        f"a comma cut this value in two, `{entry.key.text}` is read as a key",
        help="inside { } a comma ends a value: write 1000 or 0.5, [x, y], or quotes around a text",
    )
    return True


def _is_cut(entry: Entry, findings: Findings) -> bool:
    """Return whether a key seems to be the rest of the value before it."""
    value = entry.value
    empty = isinstance(value, Scalar) and value.style == "plain" and value.text == ""
    return empty and not _has_colon(entry.key, findings)


def _has_colon(key: Scalar, findings: Findings) -> bool:
    """Whether a key was written as one; inside { } a bare word is one for YAML, too."""
    lines = findings.sources.get(key.file, ())
    line = lines[key.end_line - 1] if key.end_line <= len(lines) else ""
    return line[key.end_column - 1 :].lstrip().startswith(":")


def missing(fields: Fields, name: str, what: str, help_text: str, findings: Findings) -> None:
    """Report that a key which must stand here does not, unless its misspelling was reported."""
    if name in fields.misspelt:
        return
    first = fields.node.entries[0].key.place if fields.node.entries else fields.node.place
    findings.error("missing-key", first, f"{what} lacks `{name}`", help=help_text)


def read_entries(node: Node, what: str, findings: Findings) -> tuple[Entry, ...]:
    """Return the entries of a mapping whose keys are the author's own names."""
    if isinstance(node, Mapping):
        return node.entries
    findings.error(
        "wrong-shape", node.place, f"{what} is written as a map of names", help="write name: ..."
    )
    return ()


def read_items(node: Node, what: str, findings: Findings) -> tuple[Node, ...]:
    """Return the items of a list."""
    if isinstance(node, Sequence):
        return node.items
    findings.error(
        "wrong-shape", node.place, f"{what} is written as a list", help="begin each item with `- `"
    )
    return ()


def read_text(node: Node | None, what: str, findings: Findings) -> str | None:
    """Return a text that is not empty."""
    scalar = None if node is None else read_scalar(node, what, "a word or a sentence", findings)
    if node is None or scalar is None:
        return None
    if scalar.text.strip():
        return scalar.text.strip()
    findings.error(
        "empty-value",
        node.place,
        f"{what} is a text, and there is none here",
        help="write a word or a sentence",
    )
    return None


def read_scalar(node: Node, what: str, example: str, findings: Findings) -> Scalar | None:
    """Return a value that stands on its line, neither a list nor a map."""
    if isinstance(node, Scalar):
        return node
    findings.error(
        "wrong-shape",
        node.place,
        f"a list or a map stands here, and {what} is expected",
        help=f"write {example}",
    )
    return None


def read_choice(
    node: Node | None, options: tuple[Word, ...], what: str, findings: Findings
) -> Word | None:
    """Return one of the options."""
    if node is None:
        return None
    text = node.text if isinstance(node, Scalar) else ""
    for option in options:
        if option == text:
            return option
    findings.error(
        "unknown-value",
        node.place,
        f"`{text}` is no {what}" if text else f"{what} is one word",
        help=for_choice(text) or did_you_mean(text, options, use_one_of(options)),
    )
    return None


def read_flag(node: Node | None, findings: Findings) -> bool:
    """Return true or false; what is not written is false."""
    if node is None:
        return False
    text = node.text if isinstance(node, Scalar) else ""
    if text not in {"true", "false"}:
        findings.error(
            "wrong-cell",
            node.place,
            f"`{text}` is neither `true` nor `false`" if text else "this is true or false",
            help=true_or_false(text),
        )
    return text == "true"


def twice(word: str, again: Scalar, first: Scalar, findings: Findings) -> None:
    """Report a word that a list names a second time."""
    findings.error(
        "duplicate-name",
        again.place,
        f"`{word}` is named twice",
        help="name it once",
        also=(first.place, "it stands here already"),
    )


def declared_twice(name: str, again: Place, first: Place, help: str, findings: Findings) -> None:
    """Report a declaration of what is declared elsewhere."""
    findings.error(
        "duplicate-name",
        again,
        f"`{name}` is declared twice",
        help=help,
        also=(first, "it is declared here too"),
    )


def read_words(
    node: Node | None, what: str, findings: Findings, *, example: str = "[x, y]"
) -> tuple[tuple[str, Scalar], ...]:
    """Return a list of words (or one word alone) with their nodes."""
    if node is None:
        return ()
    items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
    words: list[tuple[str, Scalar]] = []
    seen: dict[str, Scalar] = {}
    for item in items:
        if isinstance(item, Scalar) and item.text.strip():
            word = item.text.strip()
            first = seen.setdefault(word, item)
            if first is not item:
                twice(word, item, first, findings)
            words.append((word, item))
        else:
            findings.error(
                "wrong-shape",
                item.place,
                f"{what} is a word or a list of words",
                help=f"write {example}",
            )
    if isinstance(node, Sequence) and not node.items:
        findings.error("empty-list", node.place, "this list is empty", help="name at least one")
    return tuple(words)
