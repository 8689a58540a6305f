"""Inputs that are wrong, or meant to do harm, each as a map, as JSON and as YAML.

Run as a script, with a form and a folder to write in, it decides on all and prints what it took.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from remedykit import InputError, Policy
from remedykit.cli.inputs import read_asked
from support.hostile_files import outcomes
from support.measuring import peak_megabytes

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Fields = dict[str, Json]
FORMS = ("map", "json", "yaml")


@dataclass(frozen=True, slots=True)
class Wrong:
    """An input with a fault.

    Attributes:
        where: the place that is told.
        told: a part of what is told.
        incident: changes of the incident.
        order: changes of its order.
        line: changes of its first line.
        others: what stands beside incident and customer.
        raw: the fault as a file writes it, in place of the text ``"@"``; no map can have it.
    """

    where: str
    told: str
    incident: Callable[[], Fields] = dict
    order: Callable[[], Fields] = dict
    line: Callable[[], Fields] = dict
    others: Callable[[], Fields] = dict
    raw: str = ""

    def tree(self) -> Fields:
        """Return what is decided on."""
        line: Fields = {"id": "1", "title": "Lamp", "price": "25.00", **self.line()}
        order: Fields = {"id": "A-1", "currency": "USD", "lines": [line], **self.order()}
        incident: Fields = {"kind": "damaged", "order": order, "affected": ["1"]}
        incident |= self.incident()
        return {"incident": incident, "customer": {"tier": "gold"}, **self.others()}

    def text(self) -> str:
        """Return it as JSON, which is YAML too."""
        return json.dumps(self.tree()).replace('"@"', self.raw or '"@"')


def lines(count: int, changes: Fields | None = None) -> Fields:
    """Return so many line items."""
    fields = changes or {}
    return {"lines": [{"id": str(each), "price": "1.00", **fields} for each in range(count)]}


def names(count: int) -> Fields:
    """Return so many fields that do not exist."""
    return {f"field_{each}": 1 for each in range(count)}


OFFER: Fields = {"kind": 3, "status": "refusd"}
LINE = "incident.order.lines[0]"
NAIVE: Json = "2026-11-23T10:00:00"
WRONG: dict[str, Wrong] = {
    "a wrong type": Wrong("incident.days_late", "is text", lambda: {"days_late": "seven"}),
    "a truth value for a number": Wrong(
        "incident.trips", "is a truth value", lambda: {"trips": True}
    ),
    "a number for a text": Wrong(f"{LINE}.id", "in quotes", line=lambda: {"id": 1}),
    "a text for a list": Wrong("incident.order.lines", "list", order=lambda: {"lines": "1"}),
    "a list for a map": Wrong("incident.order", "map of fields", lambda: {"order": []}),
    "a list for the incident": Wrong("incident", "map of", others=lambda: {"incident": []}),
    "a text for the facts": Wrong("facts", "map", others=lambda: {"facts": "none"}),
    "no kind": Wrong("incident.kind", "is empty", lambda: {"kind": None}),
    "an unknown kind": Wrong("incident.kind", "did you mean", lambda: {"kind": "damagd"}),
    "an unknown field": Wrong("incident.days_lte", "days_late", lambda: {"days_lte": 7}),
    "an unknown field of a line": Wrong(f"{LINE}.prise", "price", line=lambda: {"prise": "1"}),
    "an unknown fact": Wrong(
        "facts.order.x", "is no fact", others=lambda: {"facts": {"order.x": 1}}
    ),
    "a naive time": Wrong("incident.order.placed_at", "zone", order=lambda: {"placed_at": NAIVE}),
    "a naive moment": Wrong("at", "has no time zone", others=lambda: {"at": NAIVE}),
    "a date for a time": Wrong("incident.needed_by", "date", lambda: {"needed_by": "2026-11-23"}),
    "negative money": Wrong(f"{LINE}.price", "below 0", line=lambda: {"price": "-25.00"}),
    "money of another currency": Wrong(
        f"{LINE}.price", "EUR", line=lambda: {"price": {"amount": "25.00", "currency": "EUR"}}
    ),
    "an unknown currency": Wrong(
        "incident.order.currency", "XYZ", order=lambda: {"currency": "XYZ"}
    ),
    "three decimals": Wrong(f"{LINE}.price", "decimals", line=lambda: {"price": "25.005"}),
    "a thousands comma": Wrong(f"{LINE}.price", "comma", line=lambda: {"price": "1,000.00"}),
    "NaN as text": Wrong(f"{LINE}.price", "finite", line=lambda: {"price": "NaN"}),
    "an exponent as text": Wrong(f"{LINE}.price", "exponent", line=lambda: {"price": "1e9999999"}),
    "30 digits as text": Wrong(f"{LINE}.price", "18 digits", line=lambda: {"price": "9" * 30}),
    "30 digits": Wrong(f"{LINE}.price", "18 digits", line=lambda: {"price": "@"}, raw="9" * 30),
    "1e9999999": Wrong(f"{LINE}.price", "exponent", line=lambda: {"price": "@"}, raw="1e9999999"),
    "1,000,000 digits": Wrong(
        f"{LINE}.price", "18 digits", line=lambda: {"price": "@"}, raw="9" * 700_000
    ),
    "NaN": Wrong(f"{LINE}.price", "number", line=lambda: {"price": "@"}, raw="NaN"),
    "infinity": Wrong(f"{LINE}.price", "number", line=lambda: {"price": "@"}, raw="-Infinity"),
    "equal keys": Wrong(
        f"{LINE}.title", "twice", line=lambda: {"title": "@"}, raw='"Lamp", "title": "Shelf"'
    ),
    "100,000 line items": Wrong("incident.order.lines", "100000", order=lambda: lines(100_000)),
    "10,000 wrong line items": Wrong(
        f"{LINE}.price", "is not a number", order=lambda: lines(10_000, {"price": "x", "prise": 1})
    ),
    "10,000 equal line items": Wrong(
        "incident.order.lines[1].id", "lines[0] too", order=lambda: lines(10_000, {"id": "1"})
    ),
    "5,000 lines of 99 unknown fields": Wrong(
        f"{LINE}.field_0", "unknown field", order=lambda: lines(5_000, names(99))
    ),
    "5,000 unknown lines affected": Wrong(
        "incident.affected[0]",
        "no line",
        lambda: {"affected": [f"line-{each}" for each in range(5_000)]},
        order=lambda: lines(5_000),
    ),
    "100,000 unknown fields": Wrong("incident", "map of", lambda: names(100_000)),
    "100,000 unknown facts": Wrong("facts", "map of", others=lambda: {"facts": names(100_000)}),
    "10,000 wrong offers": Wrong(
        "case.offers[0].kind",
        "is a number",
        others=lambda: {"case": {"offers": [dict(OFFER) for _ in range(10_000)]}},
    ),
    "a text of 10,001 characters": Wrong(
        f"{LINE}.title", "10000", line=lambda: {"title": "x" * 10_001}
    ),
    "a key of 1,000 characters": Wrong("incident.xxx", "unknown field", lambda: {"x" * 1_000: 1}),
}


def decide_on_map(policy: Policy, wrong: Wrong) -> str:
    """Return what is told of an input that is handed in as a map."""
    tree: dict[str, Any] = wrong.tree()
    given = {key: tree.get(key) for key in ("case", "facts", "at")}
    try:
        policy.decide(tree["incident"], tree["customer"], **given)
    except InputError as error:
        return str(error)
    return ""


def decide_on_file(policy: Policy, path: Path) -> str:
    """Return what is told of an input that is a file."""
    try:
        read_asked(str(path)).decide(policy, None)
    except InputError as error:
        return str(error)
    return ""


def main() -> None:
    """Decide on all inputs of one form; print time and outcome of each, and the memory in MB."""
    form, scratch = sys.argv[1], Path(sys.argv[2])
    policy = Policy.shipped("transactional")
    if form == "map":
        maps = {name: partial(copy, wrong) for name, wrong in inputs_of(form).items()}
        found = outcomes(partial(decide_on_map, policy), maps)
    else:
        files = {
            name: partial(written, wrong, scratch / f"in.{form}")
            for name, wrong in inputs_of(form).items()
        }
        found = outcomes(partial(decide_on_file, policy), files)
    sys.stdout.write(json.dumps({"outcomes": found, "memory": peak_megabytes()}))


def written(wrong: Wrong, path: Path) -> Path:
    """Write an input to a file, and return its path."""
    path.write_text(wrong.text(), encoding="utf-8")
    return path


def inputs_of(form: str) -> dict[str, Wrong]:
    """Return the inputs that can be written in this form."""
    return {name: wrong for name, wrong in WRONG.items() if not (wrong.raw and form == "map")}


if __name__ == "__main__":
    main()
