"""Hypothesis strategies: situations of one policy, for properties that its author wants to hold.

Needs `hypothesis`: ``pip install remedykit[strategies]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from remedykit.authoring.situations.building import (
    FACTS_OF_LINES,
    NOW,
    Built,
    Unbuildable,
    Wanted,
    built,
    drafted,
)
from remedykit.authoring.situations.drawn_timelines import Choices, Sketch, timeline_of_sketches
from remedykit.authoring.situations.event_pieces import plain_events
from remedykit.authoring.situations.fact_pools import Pools
from remedykit.authoring.situations.search import first_currency
from remedykit.authoring.situations.situation import Situation
from remedykit.authoring.situations.timelines import FOLDED, facts_of_timeline
from remedykit.errors import InputError
from remedykit.facts.convert import check_bounds, fact_value, shape_for
from remedykit.facts.derived import can_be_given
from remedykit.language.names import did_you_mean
from remedykit.language.types import Base, FactDeclaration, Value
from remedykit.model.border import RefusedError
from remedykit.model.case import Case
from remedykit.model.customer import Customer
from remedykit.model.incident import Incident
from remedykit.model.words import EVENT_TYPES
from remedykit.policy import Policy

try:
    from hypothesis import reject
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy
except ImportError as error:
    raise ImportError(
        "remedykit.strategies needs hypothesis, which is not installed; "
        "pip install 'remedykit[strategies]'"
    ) from error

__all__ = ["cases", "customers", "incidents", "situations"]

_NEVER_DRAWN = frozenset({"order.id", "order.currency"})
# Facts that can contradict others: dropped in this order until they do not.
_CLASHING = (
    "order.refunded",
    "order.placed_at",
    "order.first_scan_at",
    "order.label_created_at",
    "incident.promised_by",
    "incident.delivered_at",
    "incident.items_affected",
    "order.paid",
    "at",
    *FACTS_OF_LINES,
)
# What a fact that is fixed would follow from: not drawn, so that the fact can be changed alone.
_FOLLOWS_FROM: Mapping[str, tuple[str, ...]] = {
    "incident.days_late": ("incident.promised_by",),
    "incident.carrier_scanned": ("order.first_scan_at",),
    "incident.value_affected": FACTS_OF_LINES,
    "case.deviation_level": ("case.offers_made", "case.offers_refused"),
}
# Whether a fact is known; left out is the simpler case, towards which examples shrink.
_SELDOM, _MOSTLY = st.sampled_from((False, False, True)), st.sampled_from((False, *[True] * 19))
_MOST_EVENTS = 6  # of a timeline that is drawn, beside those that they answer
_MOST = 10**6  # of what is drawn beside the policy's own values, in the fact's own unit


def situations(policy: Policy, **fixed: object) -> SearchStrategy[Situation]:
    """Return whole situations: incident, customer, case, own facts and the moment of decision.

    Each fact that the policy reads is unknown, plain, or at or around one of the policy's own
    values for it; in more than half of them most facts are known. `Situation.decide` accepts each.
    They shrink towards nothing known and nothing particular.

    Args:
        policy: only its facts, bounds and thresholds are read; amounts are of its first currency.
        fixed: facts by name that are always so, written as for `Policy.decide`:
            ``**{"incident.kind": "late_delivery", "incident.days_late": 2}``. ``None`` is unknown.
            What such a fact would follow from is not drawn.

    Raises:
        ValueError: if a fixed fact is none of the policy's, or not of its type, or if no situation
            has all of them.
    """
    currency = first_currency(policy.checked)
    settled = _settled(policy, fixed, currency)
    drawn = _Drawn(policy, settled, currency)
    return st.builds(drawn.situation, _known(drawn.choices()), drawn.timelines())


def incidents(policy: Policy, **fixed: object) -> SearchStrategy[Incident]:
    """Return incidents of the class that the policy reads; see `situations`.

    What has a time happened at the latest at the moment at which its situation is decided: to
    decide one alone, leave `at` out.
    """
    model = policy.reader.incident_model
    return situations(policy, **fixed).map(lambda each: model.model_validate(each.incident))


def customers(policy: Policy, **fixed: object) -> SearchStrategy[Customer]:
    """Return customers of the class that the policy reads; see `situations`."""
    model = policy.reader.customer_model
    return situations(policy, **fixed).map(lambda each: model.model_validate(each.customer))


def cases(policy: Policy, **fixed: object) -> SearchStrategy[Case]:
    """Return cases: what has happened since; see `situations`."""
    return situations(policy, **fixed).map(lambda each: Case.model_validate(each.case))


@st.composite
def _known(draw: DrawFn, choices: Mapping[str, SearchStrategy[Value | None]]) -> Wanted:
    """Draw values for a third of the facts, or for nearly all of them.

    With a third of them alone, hardly a situation would have all that a remedy needs to be offered.
    Each fact is drawn or left out by itself, so that each can go when an example shrinks.
    """
    is_known = draw(st.sampled_from((_SELDOM, _MOSTLY)))
    return {name: draw(values) for name, values in choices.items() if draw(is_known)}


class _Drawn:
    """Makes situations of the values that are drawn for facts."""

    def __init__(self, policy: Policy, fixed: Wanted, currency: str) -> None:
        self._policy = policy
        self._fixed = fixed
        self._currency = currency
        self._pools = Pools.of(policy.checked, currency)

    def timelines(self) -> SearchStrategy[tuple[Sketch, ...] | None]:
        """Return timelines of the case; ``None``: it is told as its sum."""
        timed = facts_of_timeline(self._policy.checked)
        if timed.isdisjoint(self._policy.reads) or not (timed | FOLDED).isdisjoint(self._fixed):
            return st.none()
        choices = Choices.of(self._policy.checked, self._pools)
        sketch = st.builds(
            Sketch,
            st.sampled_from(choices.asked or EVENT_TYPES) | st.sampled_from(EVENT_TYPES),
            st.sampled_from(choices.ago),
            st.sampled_from(choices.parties),
            st.sampled_from(choices.kinds or ("other",)),
            st.integers(0, 1),
        )
        told = st.lists(sketch, min_size=1, max_size=_MOST_EVENTS).map(tuple)
        return st.one_of(st.none(), told, told)

    def choices(self) -> dict[str, SearchStrategy[Value | None]]:
        """Return what each fact that is not fixed may be, beside left out."""
        pools = self._pools
        left_out = {other for name in self._fixed for other in _FOLLOWS_FROM.get(name, ())}
        left_out |= _NEVER_DRAWN | self._fixed.keys() | facts_of_timeline(self._policy.checked)
        reads = frozenset(self._policy.reads) - left_out
        return {
            each.name: _values(each, pools.values[each.name])
            for each in self._policy.schema.declarations
            if each.name in reads and pools.values[each.name]
        }

    def situation(self, drawn: Wanted, sketches: tuple[Sketch, ...] | None) -> Situation:
        """Return a situation with what was drawn, without what contradicts the rest."""
        if sketches is None:
            return self._summed({**drawn, **self._fixed})
        left_out = FOLDED | {"order.placed_at"}  # what the events tell, or must not come before
        untold = {name: value for name, value in drawn.items() if name not in left_out}
        situation = self._summed({**untold, **self._fixed})
        return self._timed(situation, sketches)

    def _timed(self, situation: Situation, sketches: tuple[Sketch, ...]) -> Situation:
        """Return a situation with as many of the events that were drawn as go together."""
        for count in range(len(sketches), 0, -1):
            events = timeline_of_sketches(sketches[:count], situation.at or NOW)
            timed = replace(situation, case={"events": plain_events(events, self._currency)})
            try:
                timed.read(self._policy)
            except InputError:
                continue
            return timed
        return replace(situation, case={})

    def _summed(self, wanted: dict[str, Value | None]) -> Situation:
        for name in ("", *_CLASHING):
            if name not in self._fixed:
                wanted.pop(name, None)
            draft = drafted(self._policy, wanted, self._currency)
            if isinstance(draft, Built) and self._is_fixed(draft):
                return draft.situation
        return reject()

    def _is_fixed(self, draft: Built) -> bool:
        found = draft.facts.values
        return all(found[name] == value for name, value in self._fixed.items())


def _values(
    declaration: FactDeclaration, pool: tuple[Value | None, ...]
) -> SearchStrategy[Value | None]:
    """Return the values of a fact: mostly the policy's own, now and then any."""
    own = st.sampled_from(pool)
    base = declaration.type.base
    if base not in (Base.INT, Base.MONEY, Base.NUMBER) or not can_be_given(declaration):
        return own
    least = Fraction(0) if declaration.at_least is None else declaration.at_least
    most = Fraction(_MOST) if declaration.at_most is None else declaration.at_most
    if base is not Base.NUMBER:
        return own | st.integers(ceil(least), max(ceil(least), floor(most)))
    hundredths = st.integers(ceil(least * 100), max(ceil(least * 100), floor(most * 100)))
    return own | hundredths.map(lambda number: Fraction(number, 100))


def _settled(policy: Policy, fixed: Mapping[str, object], currency: str) -> Wanted:
    """Return fixed facts as rules read them."""
    settled: dict[str, Value | None] = {}
    for name, raw in fixed.items():
        declaration = policy.schema.find(name)
        if declaration is None:
            hint = did_you_mean(name, policy.schema.names, "see `remedykit facts`")
            raise ValueError(f"{policy.name} has no fact {name}; {hint}")
        settled[name] = None if raw is None else _read(declaration, raw, currency)
    found = built(policy, settled, currency)
    if isinstance(found, Unbuildable):
        problem = f"no situation has all of the fixed facts: {found.reason}"
        raise ValueError(problem)  # noqa: TRY004 - it is what the values are, not their type
    return settled


def _read(declaration: FactDeclaration, raw: object, currency: str) -> Value:
    try:
        value = fact_value(shape_for(declaration.type), raw, currency)
        check_bounds(declaration, value, currency)
    except RefusedError as error:
        raise ValueError(f"{declaration.name}: {error}") from None
    return value
