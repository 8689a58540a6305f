"""«Why not?»: what would have to be otherwise for a remedy kind to be offered, decided again."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.errors import InputError
from remedykit.explain.change_words import ChangeWords
from remedykit.explain.changeable import THROUGH
from remedykit.explain.deciding import Decider
from remedykit.explain.hindrances import Hindrance
from remedykit.explain.nearest import MOST_CHANGED, Changes, NearestSearch
from remedykit.explain.reasons import standing_of
from remedykit.explain.time_words import TimeWords
from remedykit.explain.why_not import FactChange, Kept, Nearest, WhyNot
from remedykit.explain.wording import worded_value
from remedykit.facts.answered import changed
from remedykit.facts.values import Facts
from remedykit.language.syntax import RemedyKind
from remedykit.language.types import Base
from remedykit.model.decision import Decision, Remedy
from remedykit.ranking.perks import NO_FIX


def find_why_not(
    decider: Decider, facts: Facts, decision: Decision, kind: RemedyKind, most: int
) -> WhyNot:
    """Return the smallest changes of a decision's facts under which a kind is offered.

    Args:
        decider: of the policy.
        facts: those of the decision.
        decision: made on them.
        kind: the remedy kind that is wanted.
        most: how many changes to return at most.
    """
    search = NearestSearch(decider, facts, kind.name)
    remedy = next((each for each in decision.remedies if each.kind == kind.name), None)
    withheld = next((each for each in decision.withheld if each.kind == kind.name), None)
    offered = remedy is not None
    found = () if offered else search.nearest(most)
    nearest = tuple(_nearest(decider, search, kind, changes) for changes in found)
    return WhyNot(
        policy=decision.policy,
        kind=kind.name,
        title=kind.title,
        offered=offered,
        standing=standing_of(remedy, withheld),
        nearest=nearest,
        blocked=() if offered or nearest else tuple(_blocked(search)),
        tried=search.trials.tried,
        gave_up=search.gave_up,
    )


def _nearest(
    decider: Decider, search: NearestSearch, kind: RemedyKind, changes: Changes
) -> Nearest:
    """Return changes in words, with the remedy that the decision on them offers."""
    before = search.changeable.facts
    after = changed(before, changes.chosen, decider.timeline)
    decision = decider.decide(after)
    remedy = next(each for each in decision.remedies if each.kind == kind.name)
    words = ChangeWords(decider.policy.schema, before, TimeWords.of(decider.policy))
    declared = search.changeable.declared
    return Nearest(
        changes=tuple(
            words.change(declared[name], value, changes.also.get(name))
            for name, value in sorted(changes.chosen.items())
        ),
        follows=tuple(_follows(words, before, after, changes)),
        kept=tuple(_kept(decider, before, changes, remedy)),
        remedy=remedy,
    )


def _kept(decider: Decider, before: Facts, changes: Changes, remedy: Remedy) -> Iterator[Kept]:
    """Yield what was paid, if it may have followed from the total, and must not do so now."""
    paid, total = before.values["order.paid"], changes.chosen.get("order.total")
    if total is None or paid is None or paid != before.values["order.total"]:
        return
    if "order.paid" in changes.chosen:
        return
    try:
        followed = changed(before, {**changes.chosen, "order.paid": total}, decider.timeline)
    except InputError:
        offered = None
    else:
        offered = _remedy_of(decider.decide(followed), remedy.kind)
    if offered != remedy:
        yield Kept("order.paid", worded_value(paid, Base.MONEY, before.currency))


def _remedy_of(decision: Decision, kind: str) -> Remedy | None:
    return next((each for each in decision.remedies if each.kind == kind), None)


def _follows(
    words: ChangeWords, before: Facts, after: Facts, changes: Changes
) -> Iterator[FactChange]:
    for name in sorted(THROUGH.keys() - changes.chosen.keys()):
        declaration, value = words.schema.find(name), after.values[name]
        if declaration is not None and value is not None and value != before.values[name]:
            yield words.change(declaration, value)


def _blocked(search: NearestSearch) -> Iterator[str]:
    """Yield what stands in the way."""
    if not search.claims:
        yield "no rule of the policy offers it"
        return
    hopeless = search.hopeless()
    for rule, hindrance in dict.fromkeys((claim.rule, each) for claim, each in hopeless):
        yield f"{rule}: {_told(rule, hindrance)}"
    if {claim.rule for claim, _ in hopeless} != {claim.rule for claim in search.claims}:
        least = f"no change of up to {MOST_CHANGED} facts that would offer it was found"
        tried = f"{search.trials.tried} situations were tried"
        yield f"{least}; {tried}{', which is where the search ends' if search.gave_up else ''}"


def _told(rule: str, hindrance: Hindrance) -> str:
    if hindrance.clause == "refused":
        return "the customer refused it before, and what it is worth depends on nothing"
    if hindrance.clause == NO_FIX and not hindrance.reads:
        return "there is no perk without a fix, and no rule of the policy offers one"
    what = "a test of its own" if hindrance.clause == rule else hindrance.clause
    if hindrance.to_forget:
        return (
            f"{what} stands in the way: {hindrance.to_forget} would have to be unknown, "
            "and what is known stays known"
        )
    if not hindrance.reads:
        return f"{what} stands in the way, whatever the facts are"
    return (
        f"{what} stands in the way, and depends only on what does not change: "
        f"{', '.join(sorted(hindrance.reads))}"
    )
