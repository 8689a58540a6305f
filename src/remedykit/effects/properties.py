"""The values of ``remedy.*`` that tests of rules and limits may read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from remedykit.effects.candidates import Candidate
from remedykit.effects.past_offers import refusals
from remedykit.facts.values import Facts
from remedykit.language.syntax import RemedyKind
from remedykit.language.types import Value
from remedykit.model.words import Basis


class Properties(NamedTuple):
    """A remedy as selectors and tests see it."""

    kind: str
    basis: Basis
    values: Mapping[str, Value | None]


CONSTANT = frozenset({"remedy.kind", "remedy.part", "remedy.gives", "remedy.group"})


def constant_properties(kind: RemedyKind) -> Mapping[str, Value | None]:
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
    values = {**constant_properties(kind), **_refused(kind.name, facts)}
    return Properties(kind.name, basis, values)


def properties_of(candidate: Candidate, facts: Facts) -> Properties:
    """Return everything about a candidate: the same with its basis, value and cost.

    The basis is that of the claim which gives the value: goodwill on top of a right is goodwill.
    """
    kind, basis = candidate.kind, candidate.claimed_as
    return Properties(kind.name, basis, values_of(candidate, constant_properties(kind), facts))


def values_of(
    candidate: Candidate, constant: Mapping[str, Value | None], facts: Facts
) -> Mapping[str, Value | None]:
    """Return the values of `properties_of` where the constant ones are at hand."""
    return {
        **constant,
        **_refused(candidate.kind.name, facts),
        "remedy.basis": candidate.claimed_as,
        "remedy.value": candidate.value,
        "remedy.cost": candidate.cost,
    }


_NEVER_REFUSED: Mapping[str, Value | None] = MappingProxyType(
    {"remedy.refused": False, "remedy.refused_value": 0}
)


def _refused(kind: str, facts: Facts) -> Mapping[str, Value | None]:
    refused = refusals(kind, facts) if facts.offers else ()
    if not refused:
        return _NEVER_REFUSED
    amounts = [offer.value for offer in refused if offer.value is not None]
    return {"remedy.refused": True, "remedy.refused_value": max(amounts, default=None)}
