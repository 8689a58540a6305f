"""Short words to load policies from texts."""

from __future__ import annotations

from remedykit.diagnostics import Diagnostic, Findings
from remedykit.facts.schema import model_schema
from remedykit.language.load import load_policy
from remedykit.language.syntax import CheckedPolicy
from support.error_cases import HEADER, found_in

_SCHEMA = model_schema()


def loaded(*texts: str) -> CheckedPolicy:
    """Return the policy of some files, the first of which gets a header; it must have no fault."""
    policy, warnings = load_policy(_files(texts), _SCHEMA, Findings())
    assert warnings == ()
    return policy


def found(*texts: str) -> tuple[Diagnostic, ...]:
    """Return what is found in some files, the first of which gets a header."""
    return found_in(_files(texts))


def codes(*texts: str) -> list[str]:
    """Return the codes of what is found."""
    return [item.code for item in found(*texts)]


def _files(texts: tuple[str, ...]) -> dict[str, bytes]:
    first, *others = texts
    return {
        f"{chr(ord('a') + index)}.yaml": text.encode()
        for index, text in enumerate([HEADER + first, *others])
    }
