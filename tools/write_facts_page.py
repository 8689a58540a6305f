#!/usr/bin/env python3
"""Writes docs/facts.md, the list of every fact that rules may read, from the models.

Run it with the environment of ./check: .venv/bin/python tools/write_facts_page.py
"""

from pathlib import Path

from remedykit.facts.derived import ALSO_GIVEN
from remedykit.facts.of_case import ALSO_FOLDED
from remedykit.facts.schema import model_schema
from remedykit.language.types import Base, FactDeclaration, FactType

PAGE = Path(__file__).resolve().parent.parent / "docs" / "facts.md"

_INTRODUCTION = """\
# Facts

<!-- Made by tools/write_facts_page.py from the models; change those, and run it again. -->

Every fact that a rule may read, beside [a policy's own](language.md#facts). `remedykit facts`
prints the same list; `remedykit facts --policy NAME_OR_DIR` adds the facts of a policy.

**If it is absent**: *unknown* means that no test on it is true or false
([more](language.md#unknown)); *required* means that the model demands it; anything else is the
value that absence stands for.

**Marks**: *derived* facts follow from others ([how](guide.md#what-follows-from-what)) or from the
case's events ([how](cases.md#what-follows)). *Given or derived* facts may be handed in, and must
agree with what follows. *Personal* facts are not shown in
traces. *Protected* facts may not be read by goodwill rules nor by the ranking.
"""
_GROUPS = (
    ("incident", "what went wrong"),
    ("order", "the order it is about"),
    ("customer", "who it happened to"),
    ("case", "what has happened since"),
    ("at", "the moment of decision"),
)


def page() -> str:
    """Return the whole page."""
    return "\n".join([_INTRODUCTION, *(_section(*group) for group in _GROUPS)]).rstrip() + "\n"


def _section(group: str, means: str) -> str:
    declared = [fact for fact in model_schema().declarations if fact.name.split(".")[0] == group]
    head = [
        f"## {group}: {means}",
        "",
        "| fact | type | unit | if it is absent | meaning |",
        "| --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *map(_row, declared), ""])


def _row(fact: FactDeclaration) -> str:
    cells = (f"`{fact.name}`", _type(fact.type), fact.unit, _absent(fact), _meaning(fact))
    return f"| {' | '.join(cells)} |"


def _type(fact_type: FactType) -> str:
    base = "list of texts" if fact_type.base is Base.TEXTS else str(fact_type.base)
    values = ", ".join(f"`{value}`" for value in fact_type.values or ())
    return f"{base}: {values}" if values else base


def _absent(fact: FactDeclaration) -> str:
    match fact.default:
        case _ if fact.required:
            return "required"
        case None:
            return "unknown"
        case bool():
            return f"`{str(fact.default).lower()}`"
        case tuple():
            return f"`[{', '.join(fact.default)}]`"
        case _:
            return f"`{fact.default}`"


def _meaning(fact: FactDeclaration) -> str:
    marks = [word for word, holds in _marks(fact) if holds]
    return f"{fact.means} (*{', '.join(marks)}*)" if marks else fact.means


def _marks(fact: FactDeclaration) -> tuple[tuple[str, bool], ...]:
    also_given = fact.name in {*ALSO_GIVEN, *ALSO_FOLDED}
    return (
        ("given or derived", also_given),
        ("derived", fact.origin == "derived" and not also_given),
        ("personal", fact.personal),
        ("protected", fact.protected),
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}")
