"""What a file hands in to be decided: incident, customer, and what may stand beside them."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from remedykit.diagnostics import Findings, printable
from remedykit.errors import InputError
from remedykit.language.names import did_you_mean
from remedykit.language.plain import PlainDocument, plain_of
from remedykit.language.plain_json import Plain
from remedykit.language.source import Mapping, SourceFile
from remedykit.model.base import Model
from remedykit.model.border import read
from remedykit.model.case import Case
from remedykit.model.customer import Customer
from remedykit.model.decision import Decision
from remedykit.model.incident import Incident
from remedykit.model.shapes import Kind, Shape
from remedykit.policy import Policy

GIVEN = ("incident", "customer", "case", "facts")

_MODELS: Map[str, type[Model]] = {"incident": Incident, "customer": Customer, "case": Case}
_TIME = Shape(Kind.TIME)
_LONGEST_KEY = 200  # characters of a key that a message shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The arguments of `Policy.decide` as a file gives them, not yet checked against a policy.

    Attributes:
        document: what was read, so that faults can name their line.
    """

    incident: Map[str, Plain]
    customer: Map[str, Plain]
    case: Map[str, Plain] | None
    facts: Map[str, Plain] | None
    document: PlainDocument

    def decide(self, policy: Policy, at: datetime | None) -> Decision:
        """Return what a policy decides on it.

        Raises:
            InputError: naming file, line and column of each fault, or its path in a JSON file.
        """
        try:
            return policy.decide(
                self.incident, self.customer, case=self.case, facts=self.facts, at=at
            )
        except InputError as error:
            raise located(self.document, error) from None


def read_given(document: PlainDocument, tree: Plain) -> Given:
    """Return what is given in a file.

    Args:
        document: the file.
        tree: what stands in it; a map of `GIVEN`, and no other keys.

    Raises:
        InputError: if a key is unknown, incident or customer are missing, or something is no map.
    """
    try:
        found = _maps(tree)
    except InputError as error:
        raise located(document, error) from None
    return Given(
        incident=found["incident"] or {},
        customer=found["customer"] or {},
        case=found["case"],
        facts=found["facts"],
        document=document,
    )


def given_at(situation: Mapping, name: str, findings: Findings) -> Given:
    """Return what a map of `GIVEN` gives whose parts may come from several places and files.

    Args:
        situation: the map.
        name: what to call a place of which nothing is written.
        findings: knows the lines of all files, and learns the numbers that are refused.
    """
    tree = plain_of(situation, findings)
    maps = cast("dict[str, dict[str, Plain]]", tree)
    lines, file = findings.sources, situation.place.file
    source = SourceFile(file, "", lines[file], situation)
    return Given(
        incident=maps["incident"],
        customer=maps["customer"],
        case=maps.get("case"),
        facts=maps.get("facts"),
        document=PlainDocument(name, tree, source, lines),
    )


def where_given(key: str) -> str:
    """Return where a key stands that is none of `GIVEN`; empty if that cannot be known."""
    first, _, rest = key.partition(".")
    if rest and first == "facts":  # whose own names have dots
        return f"write `facts: {{{rest}: ...}}`"
    path = key if first in GIVEN else f"incident.{key}" if first == "order" else ""
    if rest and path:
        *maps, last = path.split(".")
        inside = f"{last}: ..."
        for name in reversed(maps[1:]):
            inside = f"{name}: {{{inside}}}"
        return f"write `{maps[0]}: {{{inside}}}`"
    owners = [name for name, model in _MODELS.items() if key in model.model_fields]
    return f"it stands under `{owners[0]}:`" if len(owners) == 1 else ""


def read_moment(written: object) -> datetime:
    """Return a moment that is written with its zone, as ISO 8601 has it.

    Raises:
        ValueError: if it is none; the message begins with what was written.
    """
    return cast("datetime", read(_TIME, written))


def located(document: PlainDocument, error: InputError) -> InputError:
    """Return an error about what a file gives, with the place of each of its faults.

    Args:
        document: what was read.
        error: of one fault, or of several, one a line.
    """
    first, *others = f"{error.where}: {error.problem}".splitlines()
    told = [_located(document, line) for line in (first, *others)]
    where, _, problem = told[0].partition(": ")
    return InputError(where, "\n".join([problem, *told[1:]]))


def _located(document: PlainDocument, line: str) -> str:
    where, separator, problem = line.partition(": ")
    if not separator:  # what counts the faults that are not shown
        return line
    fault = document.located(InputError(where, problem))
    return str(fault) if fault.where != where else f"{document.name}: {where}: {problem}"


def _maps(tree: Plain) -> dict[str, Map[str, Plain] | None]:
    if not isinstance(tree, dict):
        raise InputError("", f"a map of fields is expected here: {', '.join(GIVEN)}")
    for key in tree:
        if key not in GIVEN:
            help_ = where_given(key) or did_you_mean(key, GIVEN, f"known are {', '.join(GIVEN)}")
            raise InputError(printable(key[:_LONGEST_KEY]), f"unknown key; {help_}")
    found = {key: _map(tree.get(key), key) for key in GIVEN}
    for key in ("incident", "customer"):
        if found[key] is None:
            raise InputError(key, "is missing")
    return found


def _map(value: Plain, key: str) -> Map[str, Plain] | None:
    if value is None or isinstance(value, dict):
        return value
    is_timeline = key == "case" and isinstance(value, list)
    help_ = "; write its events under `events:`" if is_timeline else ""
    raise InputError(key, f"is no map of fields{help_}")
