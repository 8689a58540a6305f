"""Names that authors may choose, and suggestions for names they misspelt."""

from __future__ import annotations

import difflib
import keyword
import re
from collections.abc import Iterable, Sequence

RESERVED = frozenset(
    {
        *("any", "all", "not", "in", "known", "true", "false", "when", "where", "unless"),
        *("at", "remedy", "incident", "order", "customer", "case"),
        *("min", "max", "abs", "round_up", "round_down", "days", "hours", "working_days"),
        *("first", "unique", "sum", "count", "else", "value", "values", "type", "complete"),
        *("override", "sealed"),
    }
)
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_DOTTED = re.compile(rf"{_IDENTIFIER.pattern}(?:\.{_IDENTIFIER.pattern})*+", re.ASCII)
_LONGEST_NUMBER = 6  # digits of the number of a row
_LONGEST = 80  # characters of a name; beyond that no suggestion is looked for
_MOST_COMPARED = 100  # options that are compared letter by letter, which is slow


def is_identifier(text: str) -> bool:
    """Return whether `text` is one word that may be a name: ASCII, no Python keyword."""
    return (
        len(text) <= _LONGEST
        and _IDENTIFIER.fullmatch(text) is not None
        and not keyword.iskeyword(text)
    )


def is_dotted(text: str) -> bool:
    """Return whether `text` is identifiers joined by dots."""
    return (
        len(text) <= _LONGEST
        and _DOTTED.fullmatch(text) is not None
        and not any(map(keyword.iskeyword, text.split(".")))
    )


def is_rule_id(text: str) -> bool:
    """Return whether `text` is a dotted name, or one with a number behind it: a table's row."""
    name, _, last = text.rpartition(".")
    is_row = last.isascii() and last.isdigit() and len(last) <= _LONGEST_NUMBER
    return is_dotted(name) if is_row else is_dotted(text)


def closest(word: str, options: Iterable[str]) -> str | None:
    """Return the option that `word` most likely means, or ``None``.

    Spelling that differs by case comes first, then the same last word of a dotted name, then
    what differs by few letters.
    """
    known = sorted(set(options))
    if not word or len(word) > _LONGEST:
        return None
    lowered = word.lower()
    for option in known:
        if option.lower() == lowered:
            return option
    last = lowered.rsplit(".", 1)[-1]
    for option in known:
        if "." in option and option.rsplit(".", 1)[-1].lower() == last:
            return option
    by_length = sorted(known, key=lambda option: abs(len(option) - len(word)))
    found = difflib.get_close_matches(word, by_length[:_MOST_COMPARED], n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, options: Iterable[str], otherwise: str = "") -> str:
    """Return a help text that suggests the closest option, or `otherwise`."""
    option = closest(word, options)
    return f"did you mean `{option}`?" if option else otherwise


def listed(options: Iterable[str], most: int = 20) -> str:
    """Return options as a readable list, cut after `most`: ``a, b and 3 more``."""
    names = list(options)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"


def joined(words: Sequence[str], last: str) -> str:
    """Return words one after the other, with a word before the last one: ``a, b and c``."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def use_one_of(options: Iterable[str]) -> str:
    """Return a help text that lists what may stand in a place."""
    names = listed(options)
    return f"use one of {names}" if names else "nothing is declared that could stand here"
