"""The facts of a case at another moment, or with something told beside its timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from remedykit.facts.of_case import ALSO_FOLDED, age_days, merged
from remedykit.facts.patterns import PatternMatcher
from remedykit.facts.timeline import Folded, folded
from remedykit.facts.values import Facts
from remedykit.language.types import Value

_OF_CASE = frozenset(each for each in ALSO_FOLDED if each.startswith("case."))
_RETELLING = frozenset({"at", *ALSO_FOLDED})
# What nobody knows of a case that is told as its sum.
ONLY_FOLDED = (
    "case.waiting_on",
    "case.hours_waiting",
    "case.handoffs",
    "case.escalations",
    "case.effort_spent",
    "case.goodwill_to_date",
    "case.claim",
    "case.resolved",
)
# What no event tells is so, as with the models' own defaults.
_UNTOLD: Mapping[str, Value] = MappingProxyType(
    {"incident.self_repaired": False, "incident.out_of_pocket": 0, "incident.trips": 0}
)


def retold(facts: Facts, changes: Mapping[str, Value | None], timeline: PatternMatcher) -> Facts:
    """Return facts with some others, and with all that follows from the case and the moment.

    At a later moment nothing else has happened; at an earlier one, what came after it has not.

    Args:
        facts: what is known.
        changes: other values by name; ``None`` makes unknown.
        timeline: tells what follows from the timeline by the policy.

    Raises:
        InputError: if something is changed that the events tell otherwise.
    """
    changed = replace(facts, values={**facts.values, **changes})
    if _RETELLING.isdisjoint(changes):
        return changed
    return (
        _refolded(facts, changed, changes, timeline)
        if facts.events
        else _summed(changed, changes, timeline)
    )


def moment_of(facts: Facts) -> datetime | None:
    """Return the moment of decision, if it is known."""
    at = facts.values["at"]
    return at if isinstance(at, datetime) else None


def _refolded(
    facts: Facts, changed: Facts, changes: Mapping[str, Value | None], timeline: PatternMatcher
) -> Facts:
    before, at, currency = moment_of(facts), moment_of(changed), facts.currency
    told = facts.events or ()
    events = tuple([each for each in told if at is None or each.at <= at])
    fold, now = folded(told, before), folded(events, at)
    beside = _told_beside(facts, fold)
    was = merged(beside, fold, before, currency)
    beside |= {name: changes[name] for name in ALSO_FOLDED if name in changes}
    follows = merged(beside, now, at, currency)
    values = dict(changed.values)
    for name in was.keys() | follows.keys():
        value = follows.get(name)
        # What the events tell, but is unknown here, is not read by the policy.
        is_read = was.get(name) is None or facts.values.get(name) is not None
        if name not in changes and was.get(name) != value and is_read:
            values[name] = _UNTOLD.get(name) if value is None else value
    values |= timeline.values(events, at)
    return replace(facts, values=values, offers=now.offers, events=events)


def _told_beside(facts: Facts, fold: Folded) -> dict[str, Value | None]:
    """Return what was handed in beside the events, because they do not tell it."""
    return {name: facts.values.get(name) for name in ALSO_FOLDED if fold.values.get(name) is None}


def _summed(facts: Facts, changes: Mapping[str, Value | None], timeline: PatternMatcher) -> Facts:
    """Return the facts of a case without events; what is told of it makes it one that is summed."""
    values = dict(facts.values)
    events = facts.events
    if events is not None and any(changes.get(name) is not None for name in _OF_CASE):
        events = None
        values |= dict.fromkeys(ONLY_FOLDED)
        values |= timeline.values(events, moment_of(facts))
    opened = values.get("case.opened_at")
    if opened is not None or events is None:
        values["case.age_days"] = age_days(opened, moment_of(facts))
    return replace(facts, values=values, events=events)
