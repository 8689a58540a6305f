"""`remedykit facts`: what rules may read."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

import typer

from remedykit.cli.output import add_row, grid, print_table, screen
from remedykit.cli.policies import find_policy
from remedykit.facts.schema import model_schema
from remedykit.language.timeline_facts import TIMELINE
from remedykit.language.types import FactDeclaration, Value
from remedykit.model.json_text import Json, write_json
from remedykit.model.rational import exact_text


def facts(
    policy: Annotated[
        str | None,
        typer.Option(
            "--policy",
            "-p",
            metavar="NAME_OR_DIR",
            help="Show the facts of this policy, its own among them.",
            show_default=False,
        ),
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON array.")] = False,
) -> None:
    """List every fact that rules may read.

    Where no default stands, an absent fact is unknown. Personal facts are never printed in traces;
    protected ones may not be read by rules about goodwill or by the ranking. What is marked as from
    the timeline is never handed in: it follows from what happened.
    """
    schema = model_schema() if policy is None else find_policy(policy).schema
    if json:
        typer.echo(write_json([_record(fact) for fact in schema.declarations]).encode())
        return
    console = screen()
    table = grid(console, "fact", "type", "unit", "default", "meaning", whole=("fact",))
    for fact in schema.declarations:
        add_row(table, fact.name, _type(fact), fact.unit, _default(fact), _meaning(fact))
    print_table(console, table)


def _type(fact: FactDeclaration) -> str:
    return " | ".join(fact.type.values) if fact.type.values else str(fact.type)


def _meaning(fact: FactDeclaration) -> str:
    said = {
        "personal": fact.personal,
        "protected": fact.protected,
        "from the timeline": fact.origin == TIMELINE,
    }
    marks = [name for name, value in said.items() if value]
    return f"{fact.means} ({', '.join(marks)})" if marks else fact.means


def _default(fact: FactDeclaration) -> str:
    return "required" if fact.required else _written(fact.default)


def _written(value: Value | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case tuple():
            return f"[{', '.join(value)}]"
        case int() | Fraction():
            return exact_text(value)
        case _:
            return str(value)


def _record(fact: FactDeclaration) -> dict[str, Json]:
    return {
        "name": fact.name,
        "type": str(fact.type.base),
        "values": None if fact.type.values is None else list(fact.type.values),
        "unit": fact.unit,
        "default": None if fact.default is None else _written(fact.default),
        "required": fact.required,
        "means": fact.means,
        "personal": fact.personal,
        "protected": fact.protected,
        "origin": fact.origin,
    }
