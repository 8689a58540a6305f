"""Stage 2: the apology and the explanation of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from remedykit.effects.candidates import Cap
from remedykit.facts.values import Facts, Offered
from remedykit.ranking.caps import within
from remedykit.ranking.groups import by_group, entitled, groups_of, names_of, total_cost
from remedykit.ranking.score import Scale, Weighed


def apology_is_spent(facts: Facts, fixes: Iterable[Weighed]) -> bool:
    """Return whether one more apology would be mere repetition.

    One was made before, and the fixes bring nothing that was not offered before.
    """
    made = facts.values.get("case.apologies_made")
    return (
        isinstance(made, int) and made > 0 and all(_was_offered(facts.offers, fix) for fix in fixes)
    )


def choose_words(
    scale: Scale, fixes: Sequence[Weighed], words: Iterable[Weighed], caps: Sequence[Cap]
) -> tuple[Weighed, ...]:
    """Return the words to say: as many as can be, of these the most worth.

    At most one apology and one explanation; but entitled words must stand, one of each group,
    and then nothing else of their part does.

    Args:
        scale: weighs sets.
        fixes: the fixes of the plan; their groups are taken.
        words: apologies and explanations that may be said.
        caps: less what the entitlements of the last stage will take.
    """
    settled = (within(caps, chosen, fixes) for chosen in _sets(tuple(words), groups_of(fixes)))
    return min(
        (chosen for chosen in settled if chosen is not None),
        key=lambda chosen: (
            -len(chosen),
            -scale.worth((*fixes, *chosen)).total,
            total_cost(chosen),
            names_of(chosen),
        ),
    )


def _was_offered(offers: Iterable[Offered], fix: Weighed) -> bool:
    return any(
        offer.kind == fix.name and (offer.value is None or offer.value >= fix.candidate.value)
        for offer in offers
    )


def _sets(words: Sequence[Weighed], taken: frozenset[str]) -> Iterator[tuple[Weighed, ...]]:
    apologies = _options([word for word in words if word.part == "apology"], taken)
    explanations = _options([word for word in words if word.part == "explanation"], taken)
    for apology, explanation in product(apologies, explanations):
        if not groups_of(apology) & groups_of(explanation):
            yield (*apology, *explanation)


def _options(words: Sequence[Weighed], taken: frozenset[str]) -> list[tuple[Weighed, ...]]:
    """Return every choice of words of one part."""
    pinned = entitled(words)
    if pinned:
        return list(product(*by_group(pinned)))
    return [(), *((word,) for word in words if word.group not in taken)]
