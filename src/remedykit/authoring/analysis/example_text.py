"""A situation as an author would write it into a file of scenarios."""

from __future__ import annotations

from remedykit.authoring.situations.situation import Situation
from remedykit.language.plain_json import Plain

_INDENT = "  "
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
# Words and beginnings that YAML reads as something else than a text.
_NO_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def lines_of(situation: Situation) -> tuple[str, ...]:
    """Return the keys `given` and `at` of a scenario, to be pasted."""
    written = situation.to_dict()
    given = written.get("given")
    lines = ["given:"]
    if isinstance(given, dict):
        lines += [f"{_INDENT}{key}: {flow(part)}" for key, part in given.items()]
    if "at" in written:
        lines.append(f"at: {flow(written['at'])}")
    return tuple(lines)


def flow(value: Plain) -> str:
    """Return a value on one line, as YAML reads it again."""
    match value:
        case dict():
            return f"{{{', '.join(f'{key}: {flow(part)}' for key, part in value.items())}}}"
        case list():
            return f"[{', '.join(map(flow, value))}]"
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case str():
            return value if _is_plain(value) else _quoted(value)
        case _:
            return str(value)


def _is_plain(text: str) -> bool:
    return (
        bool(text)
        and not text[0].isdigit()
        and text[0] != "_"
        and _PLAIN.issuperset(text)
        and text.lower() not in _NO_WORDS
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
