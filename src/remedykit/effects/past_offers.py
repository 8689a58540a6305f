"""What the customer was offered before and refused."""

from __future__ import annotations

from remedykit.facts.values import Facts, Offered


def refusals(kind: str, facts: Facts) -> tuple[Offered, ...]:
    """Return the offers of a kind that the customer refused."""
    if not facts.offers:
        return ()
    return tuple(
        offer for offer in facts.offers if offer.kind == kind and offer.status == "refused"
    )


def was_refused(kind: str, value: int | None, facts: Facts) -> bool:
    """Return whether the same was refused before: the kind, at this value or a higher one.

    A refusal without an amount refuses the kind whatever it is worth; so, while a value is not
    known, only such a refusal counts.
    """
    return any(
        offer.value is None or (value is not None and offer.value >= value)
        for offer in refusals(kind, facts)
    )
