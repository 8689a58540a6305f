"""Reading FILE: an incident, a customer, and what may stand beside them, as YAML or JSON."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer

from remedykit.authoring.given import GIVEN, Given, located, read_given, read_moment
from remedykit.diagnostics import printable
from remedykit.errors import InputError
from remedykit.language.plain import PlainDocument, read_json_input, read_yaml_input
from remedykit.language.plain_json import MAX_JSON_BYTES
from remedykit.model.decision import Decision
from remedykit.policy import Policy
from remedykit.replaying.replay import Replay, replay

STANDARD_INPUT = "-"
_NOW = "now"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file asks to be decided, and the moment of decision that it names."""

    given: Given
    at: datetime | None

    def decide(self, policy: Policy, at: str | None) -> Decision:
        """Return what a policy decides on it.

        Args:
            policy: the policy.
            at: the option ``--at``, which goes before what the file says.

        Raises:
            InputError: if what is given is wrong.
            typer.BadParameter: if the option is no moment.
        """
        return self.given.decide(policy, self.at if at is None else moment_of(at, "--at"))

    def replay(self, policy: Policy, until: str | None) -> Replay:
        """Return what a policy should have offered, from the first event on.

        Args:
            policy: the policy.
            until: the option ``--until``.

        Raises:
            InputError: if what is given is wrong, or no events are given.
            typer.BadParameter: if the option is no moment.
        """
        given = self.given
        try:
            return replay(
                policy,
                given.case or {},
                incident=given.incident,
                customer=given.customer,
                facts=given.facts,
                until=None if until is None else moment_of(until, "--until"),
            )
        except InputError as error:
            raise located(given.document, error) from None


def read_asked(file: str) -> Asked:
    """Return what a file, or standard input for ``-``, asks to be decided.

    Raises:
        InputError: if it is no such file.
        typer.BadParameter: if there is no such file, or it cannot be opened.
    """
    document = _document(file)
    tree = document.tree
    if not isinstance(tree, dict):
        keys = ", ".join((*GIVEN, "at"))
        raise InputError(document.name, f"a map of fields is expected here: {keys}")
    at = tree.get("at")
    given = read_given(document, {key: value for key, value in tree.items() if key != "at"})
    try:
        return Asked(given, None if at is None else read_moment(at))
    except ValueError as error:
        raise located(document, InputError("at", str(error))) from None


def moment_of(option: str, name: str) -> datetime:
    """Return the moment that an option tells: now, or one that is written with its zone.

    Raises:
        typer.BadParameter: if it is none.
    """
    if option == _NOW:
        return datetime.now(UTC)
    try:
        return read_moment(option)
    except ValueError as error:
        raise typer.BadParameter(f"{error}; or write `now`", param_hint=name) from None


def _document(file: str) -> PlainDocument:
    name = "standard input" if file == STANDARD_INPUT else printable(file)
    raw = _bytes(file)
    suffix = Path(file).suffix.lower()
    if suffix == ".json" or (suffix not in {".yaml", ".yml"} and _looks_like_json(raw)):
        return read_json_input(raw, name)
    return read_yaml_input(raw, name)


def _bytes(file: str) -> bytes:
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_JSON_BYTES + 1)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MAX_JSON_BYTES + 1)
    except (OSError, ValueError) as error:
        problem = error.strerror if isinstance(error, OSError) else str(error)
        raise typer.BadParameter(
            f"{printable(file)} cannot be read: {(problem or str(error)).lower()}",
            param_hint="FILE",
        ) from None


def _looks_like_json(raw: bytes) -> bool:
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
