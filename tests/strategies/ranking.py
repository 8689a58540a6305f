"""Candidates, caps and facts from small pools, so that ties, rivals and broken caps happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from remedykit.effects.candidates import Candidate, Cap, Claimed
from remedykit.facts.values import Facts, Offered
from remedykit.language.ranking_defaults import default_ranking
from remedykit.language.syntax import Apology, CheckedPolicy, Ranking
from remedykit.language.types import BOOL, INT
from remedykit.model.words import BASES, EXPLAINS, GIVES, PARTS, Basis, Part
from remedykit.ranking.result import Ranked
from support.chances import Drawn
from support.ranking_builders import NOON, candidate, define, facts, on_top, policy, ranked

_MONEY = st.sampled_from((0, 400, 1000, 3000, 3200, 6000))
_DAYS: st.SearchStrategy[Fraction | int] = st.sampled_from((0, Fraction(1, 2), 1, 3, 5, 40))
_EFFORT: st.SearchStrategy[Fraction | int] = st.sampled_from((0, Fraction(1, 2), 2, 5))
_APOLOGIES: st.SearchStrategy[Apology | None] = st.none() | st.builds(
    Apology,
    responsibility=st.booleans(),
    regret=st.booleans(),
    repentance=st.booleans(),
    named_owner=st.booleans(),
    empathy=st.booleans(),
    repair_offer=st.booleans(),
)
_KINDS = ("lost_package", "missing_part", "billing_error", "late_delivery", "service_failure")
_AT_MOST: dict[Part, int] = {"fix": 5, "apology": 3, "explanation": 3, "perk": 4}


@dataclass(frozen=True)
class Situation:
    """Everything that one ranking needs, and what the tests vary."""

    policy: CheckedPolicy
    facts: Facts
    candidates: tuple[Candidate, ...]
    caps: tuple[Cap, ...]
    perks_allowed: bool

    def ranked(self) -> Ranked:
        """Rank the candidates."""
        return ranked(self.candidates, of=self.policy, given=self.facts, caps=self.caps)


@st.composite
def one_candidate(draw: st.DrawFn, part: Part, name: str) -> Candidate:
    """Draw a candidate of one of three groups of its part."""
    pick = Drawn(draw).pick
    says = part in ("apology", "explanation")
    flags = st.booleans()
    drawn = candidate(
        name,
        part,
        gives="psychological" if says else pick(GIVES),
        value=0 if says and draw(flags) else draw(_MONEY),
        cost=draw(_MONEY),
        days=draw(_DAYS),
        effort=draw(_EFFORT),
        points=pick((0, 0, -20, 5)),
        basis=pick((*BASES, "standard", "goodwill")),
        restores=draw(flags) if part == "fix" else False,
        group=f"{part}_{pick('abc')}",
        apology=draw(_APOLOGIES) if part == "apology" else None,
        explains=pick(EXPLAINS) if part == "explanation" else None,
    )
    return draw(_claims_on_top(drawn)) if pick((False, False, True)) else drawn


@st.composite
def _claims_on_top(draw: st.DrawFn, lowest: Candidate) -> Candidate:
    """Draw claims of higher value and weaker basis that rest on a candidate."""
    pick = Drawn(draw).pick
    top = lowest
    for basis in BASES[BASES.index(lowest.claimed_as) + 1 :]:
        if draw(st.booleans()):
            more = top._replace(
                claimed_as=basis,
                value=top.value + pick((400, 3000)),
                cost=draw(_MONEY),
                resolved_in_days=Fraction(draw(_DAYS)),
                points=pick((0, 5)),
            )
            top = on_top(more, top)
    return top


@st.composite
def some_candidates(draw: st.DrawFn) -> tuple[Candidate, ...]:
    """Draw a few candidates of every part."""
    return tuple(
        draw(one_candidate(part, f"{part}_{number}"))
        for part in PARTS
        for number in range(draw(st.integers(0, _AT_MOST[part])))
    )


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Draw a decision."""
    pick = Drawn(draw).pick
    candidates = draw(some_candidates())
    names = [one.kind.name for one in candidates]
    kinds = st.frozensets(st.sampled_from(names)) if names else st.just(frozenset[str]())
    caps = draw(
        st.lists(
            st.builds(
                Cap,
                st.sampled_from(("cap.a", "cap.b")),
                st.one_of(_counted(kinds, BASES), _counted(kinds, ("goodwill",))),
                st.sampled_from((-100, 0, 400, 3200, 7000)),
                st.sampled_from(((), (), ("case.open",))),
            ),
            max_size=2,
        )
    )
    allowed = pick((True, True, False))
    known = {
        "case.apologies_made": pick((0, 0, 1)),
        "case.perks_please": allowed,
        "case.risk": pick((0, 300)),
        "incident.desired": pick((None, "goods", "money", "apology")),
        "incident.discovered_at": NOON - timedelta(hours=pick((0, 24, 25, 72, 200))),
        "incident.kind": pick(_KINDS),
        "incident.out_of_pocket": pick((200, 2500)),
        "incident.self_repaired": pick((False, False, True)),
        "incident.value_affected": pick((0, 800, 3000, 6000)),
        "order.total": pick((1000, 6000)),
    }
    offers = [
        Offered(name, pick((None, 400, 6000)), "offered")
        for name in names
        if name.startswith("fix") and draw(st.booleans())
    ]
    return Situation(
        policy=policy(
            draw(rankings()),
            defines=[
                define("perks_please", "case.perks_please", BOOL),
                define("risk", "case.risk", INT),
            ],
            covers=pick(((), PARTS)),
        ),
        facts=facts(known, offers=offers),
        candidates=candidates,
        caps=tuple(caps),
        perks_allowed=allowed,
    )


def _counted(
    kinds: st.SearchStrategy[frozenset[str]], bases: Sequence[Basis]
) -> st.SearchStrategy[frozenset[Claimed]]:
    return kinds.map(lambda names: frozenset(product(names, bases)))


@st.composite
def rankings(draw: st.DrawFn) -> Ranking:
    """Draw one of a few rankings."""
    pick = Drawn(draw).pick
    return replace(
        default_ranking(pick(("resolve", "retain"))),
        risk="risk",
        perk_when="perks_please",
        desired_first=draw(st.booleans()),
    )
