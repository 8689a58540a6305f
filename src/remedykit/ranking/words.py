"""Stage 2: the apology and the explanation of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from remedykit.effects.candidates import Cap
from remedykit.facts.values import Facts, Offered
from remedykit.ranking.caps import those_within
from remedykit.ranking.groups import by_group, entitled, groups_of, most_worth
from remedykit.ranking.lineup import Lineup
from remedykit.ranking.weighed import Weighed


def apology_is_spent(facts: Facts, fixes: Iterable[Weighed]) -> bool:
    """Return whether one more apology would be mere repetition.

    One was made before, and the fixes bring nothing that was not offered before.
    """
    made = facts.values.get("case.apologies_made")
    return (
        isinstance(made, int) and made > 0 and all(_was_offered(facts.offers, fix) for fix in fixes)
    )


def choose_words(
    fixed: Lineup, words: Sequence[Weighed], caps: Sequence[Cap]
) -> tuple[Weighed, ...]:
    """Return the words to say: as many as can be, of these the most worth.

    At most one apology and one explanation; but entitled words must stand, one of each group,
    and then nothing else of their part does.

    Args:
        fixed: the fixes of the plan; their groups are taken.
        words: apologies and explanations that may be said.
        caps: less what the entitlements of the last stage will take.
    """
    scale, before = fixed.scale, fixed.standing
    sets = _sets(words, groups_of(fixed.remedies))
    longest = _longest(those_within(caps, sets, words, fixed.remedies))
    return most_worth(longest, lambda chosen: scale.total(chosen, before))


def _was_offered(offers: Iterable[Offered], fix: Weighed) -> bool:
    return any(
        offer.kind == fix.name and (offer.value is None or offer.value >= fix.value)
        for offer in offers
    )


def _longest(sets: Sequence[tuple[Weighed, ...]]) -> Sequence[tuple[Weighed, ...]]:
    most = max(map(len, sets), default=0)
    return [chosen for chosen in sets if len(chosen) == most]


def _sets(words: Sequence[Weighed], taken: frozenset[str]) -> list[tuple[Weighed, ...]]:
    apologies = [word for word in words if word.part == "apology"]
    explanations = [word for word in words if word.part == "explanation"]
    sets = [
        (*apology, *explanation)
        for apology, explanation in product(
            _options(apologies, taken), _options(explanations, taken)
        )
    ]
    if groups_of(apologies).isdisjoint(groups_of(explanations)):
        return sets
    return [chosen for chosen in sets if len(groups_of(chosen)) == len(chosen)]


def _options(words: Sequence[Weighed], taken: frozenset[str]) -> list[tuple[Weighed, ...]]:
    """Return every choice of words of one part."""
    pinned = entitled(words)
    if pinned:
        return list(product(*by_group(pinned)))
    return [(), *[(word,) for word in words if word.group not in taken]]
