"""Small policies, facts and candidates for the tests of the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from itertools import product

from remedykit.diagnostics import Place
from remedykit.effects.candidates import Candidate, Candidates, Cap
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts, Offered
from remedykit.language.ranking_defaults import default_ranking
from remedykit.language.syntax import (
    And,
    Apology,
    CheckedPolicy,
    Constant,
    Define,
    FactRead,
    Ranking,
    RemedyKind,
    Terms,
)
from remedykit.language.types import BOOL, MONEY, FactType, Schema, Value
from remedykit.model.words import BASES, Basis, Explains, Gives, Part
from remedykit.ranking.rank import rank
from remedykit.ranking.result import Ranked
from remedykit.ranking.tables import RankingTables

NOWHERE = Place("policy.yaml", 1, 1, 1, 1)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
# Nothing here is unknown, so that a test hides exactly what it is about.
KNOWN: dict[str, Value | None] = {
    "at": NOON,
    "case.apologies_made": 0,
    "customer.predicted_ltv": 15000,
    "incident.desired": None,
    "incident.discovered_at": NOON,
    "incident.functional_impact": 1,
    "incident.kind": "lost_package",
    "incident.out_of_pocket": 0,
    "incident.self_repaired": False,
    "incident.trips": 0,
    "incident.value_affected": 6000,
    "order.total": 6000,
}


def amount(minor_units: int) -> Constant:
    """Return a constant of money."""
    return Constant(minor_units, MONEY, NOWHERE)


def define(name: str, fact: str, kind: FactType = BOOL) -> Define:
    """Return a define that gives a fact as it is."""
    body = FactRead(fact, kind, NOWHERE)
    return Define(name=name, type=kind, body=body, reads=frozenset({fact}), degree=1, place=NOWHERE)


def policy(
    ranking: Ranking | None = None,
    *,
    defines: Iterable[Define] = (),
    covers: tuple[Part, ...] = (),
    remedies: Iterable[RemedyKind] = (),
) -> CheckedPolicy:
    """Return a policy of which the ranking reads everything that it reads."""
    return CheckedPolicy(
        name="test",
        version="1",
        currencies=("USD",),
        timezone=None,
        covers=covers,
        schema=Schema(()),
        own_facts=(),
        params=(),
        defines=tuple(defines),
        remedies=tuple(remedies),
        rules=(),
        limits=(),
        ranking=ranking or default_ranking("resolve"),
    )


def facts(known: Mapping[str, Value | None] = {}, *, offers: Iterable[Offered] = ()) -> Facts:
    """Return facts in which nothing is unknown but what `known` says."""
    return Facts({**KNOWN, **known}, "USD", tuple(offers))


def candidate(
    name: str,
    part: Part = "fix",
    *,
    gives: Gives | None = None,
    value: int = 0,
    cost: int = 0,
    days: Fraction | int = 0,
    effort: Fraction | int = 0,
    points: int = 0,
    basis: Basis = "standard",
    restores: bool = False,
    group: str | None = None,
    apology: Apology | None = None,
    explains: Explains | None = None,
) -> Candidate:
    """Return a candidate of one claim; words give something psychological, others money now."""
    words = part in ("apology", "explanation")
    terms = Terms(resolved_in_days=Fraction(days), effort_0_to_5=Fraction(effort))
    kind = RemedyKind(
        name=name,
        part=part,
        title=name,
        gives=gives or ("psychological" if words else "money_now"),
        restores=restores,
        needs=And((), NOWHERE),
        states=And((), NOWHERE),
        group=group or name,
        basis="standard" if basis == "entitlement" else basis,
        terms=terms,
        note=None,
        apology=apology,
        explains=explains,
        place=NOWHERE,
    )
    return Candidate(
        kind=kind,
        basis=basis,
        value=value,
        claimed_as=basis,
        cost=cost,
        cost_is_estimated=False,
        lower=None,
        resolved_in_days=terms.resolved_in_days or Fraction(0),
        effort_0_to_5=terms.effort_0_to_5 or Fraction(0),
        points=points,
        rules=("a.rule",),
        source=(),
        approval=(),
        to_confirm=False,
        right_held=None,
        pays="shop",
        due=None,
        say=None,
        note=None,
    )


def on_top(upper: Candidate, lower: Candidate) -> Candidate:
    """Return the upper candidate as it is claimed beside the lower one, on which it rests."""
    return upper._replace(kind=lower.kind, basis=lower.basis, lower=lower)


def cap_on(name: str, kinds: Iterable[str], at_most: int, *facts: str) -> Cap:
    """Return a cap on kinds, whatever they are claimed as."""
    return Cap(name, frozenset(product(kinds, BASES)), at_most, facts)


def candidates(members: Iterable[Candidate], caps: Iterable[Cap] = ()) -> Candidates:
    """Return the candidates as the effects hand them over."""
    return Candidates(
        candidates=tuple(members),
        withheld=(),
        caps=tuple(caps),
        hand_over=(),
        todo=(),
        open_facts=(),
    )


def ranked(
    members: Iterable[Candidate],
    *,
    of: CheckedPolicy | None = None,
    given: Facts | None = None,
    caps: Iterable[Cap] = (),
) -> Ranked:
    """Rank candidates under a policy, with their kinds in its catalogue, and facts."""
    offered = tuple(members)
    checked = replace(of or policy(), remedies=tuple(member.kind for member in offered))
    evaluation = ReferenceEvaluation(checked, given or facts())
    return rank(RankingTables.of(checked), evaluation, candidates(offered, caps))


def kinds(result: Ranked) -> list[str]:
    """Return the kinds of the remedies in their order."""
    return [remedy.candidate.kind.name for remedy in result.remedies]


def planned(result: Ranked) -> list[str]:
    """Return the kinds of the plan in the order of scoring."""
    return [remedy.candidate.kind.name for remedy in result.plan]


def held_back(result: Ranked) -> dict[str, tuple[str, str]]:
    """Return why each withheld kind is: reason and rule."""
    return {item.kind: (item.reason, item.rule) for item in result.withheld}
