"""The values of ``remedy.*`` that tests of rules and limits may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remedykit.effects.candidates import Candidate
from remedykit.effects.past_offers import refusals
from remedykit.facts.values import Facts
from remedykit.language.syntax import RemedyKind
from remedykit.language.types import Value
from remedykit.model.words import Basis


@dataclass(frozen=True, slots=True)
class Properties:
    """A remedy as selectors and tests see it."""

    kind: str
    basis: Basis
    values: Mapping[str, Value | None]


CONSTANT = frozenset({"remedy.kind", "remedy.part", "remedy.gives", "remedy.group"})


def constant_properties(kind: RemedyKind) -> dict[str, Value | None]:
    """Return what is the same in every decision: the properties in `CONSTANT`."""
    return {
        "remedy.kind": kind.name,
        "remedy.part": kind.part,
        "remedy.gives": kind.gives,
        "remedy.group": kind.group,
    }


def properties_of_kind(kind: RemedyKind, basis: Basis, facts: Facts) -> Properties:
    """Return what is known before a remedy has a price: all that `forbid` may read.

    ``remedy.refused_value`` is the highest amount refused: 0 if nothing was, and unknown if the
    kind was refused without an amount.
    """
    return Properties(kind.name, basis, _before_price(kind, facts))


def properties_of(candidate: Candidate, facts: Facts) -> Properties:
    """Return everything about a candidate: the same with its basis, value and cost.

    The basis is that of the claim which gives the value: goodwill on top of a right is goodwill.
    """
    values = _before_price(candidate.kind, facts)
    values["remedy.basis"] = candidate.claimed_as
    values["remedy.value"] = candidate.value
    values["remedy.cost"] = candidate.cost
    return Properties(candidate.kind.name, candidate.claimed_as, values)


def _before_price(kind: RemedyKind, facts: Facts) -> dict[str, Value | None]:
    values = constant_properties(kind)
    refused = refusals(kind.name, facts)
    amounts = [offer.value for offer in refused if offer.value is not None]
    values["remedy.refused"] = bool(refused)
    values["remedy.refused_value"] = max(amounts, default=None) if refused else 0
    return values
