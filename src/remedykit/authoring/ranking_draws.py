"""Random rankings that agree with what is published, and with nothing else.

Research settles in which order things matter, not by how much. A draw keeps every such order and
leaves the rest to chance; ``docs/ranking.md`` lists the orders with their sources.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise
from random import Random
from typing import assert_never

from remedykit.language.syntax import ApologyWeights, Curve, Ranking, Weights
from remedykit.model.words import EXPLAINS, GIVES, Explains, Gives, Resource

# What is given that is like what was lost.
_ALIKE: dict[Resource, Gives] = {
    "money": "money_now",
    "goods": "exchange",
    "service": "reperform",
    "attention": "psychological",
}
# The shares of a loss at which the two curves of compensation bend.
_REJECT_AT = (0, 600, 1000, 1200, 1500)
_ACCEPT_AT = (0, 250, 500, 1000, 1500)


def drawn(ranking: Ranking, random: Random) -> Ranking:
    """Return the ranking with numbers drawn at random that keep the published orders.

    Its objective, its defines and its params stay as they are.
    """
    return replace(
        ranking,
        weights=_weights(ranking, random),
        match=tuple((lost, _match_row(lost, random)) for lost in _ALIKE),
        reject=_reject(random),
        accept=_accept(random),
        speed=_falling(ranking.speed, random),
        effort=_falling(ranking.effort, random),
        apology=_apology(random),
        explains=_explains(random),
        explanation_share=random.randint(200, 600),
        perk_gain_mixed=1000,
        perk_gain_plain=random.randint(0, 500),
    )


def _weights(ranking: Ranking, random: Random) -> Weights:
    """Keep the order of justice by objective; cost and risk are half to twice the policy's own."""
    most, middle, least = _parts_of_a_thousand(3, random)
    match ranking.objective:
        case "resolve":
            distributive, interactional = most, middle
        case "retain":
            distributive, interactional = middle, most
        case _ as unreachable:
            assert_never(unreachable)
    return Weights(
        distributive=distributive,
        interactional=interactional,
        procedural=least,
        cost=random.randint(ranking.weights.cost // 2, ranking.weights.cost * 2),
        risk=random.randint(ranking.weights.risk // 2, ranking.weights.risk * 2),
    )


def _match_row(lost: Resource, random: Random) -> tuple[tuple[Gives, int], ...]:
    """Like for like is best, and money now is better than money later."""
    row: dict[Gives, int] = {gives: random.randint(200, 999) for gives in GIVES}
    later, now = sorted((row["money_now"], row["money_later"]))
    row["money_now"], row["money_later"] = now, later
    row[_ALIKE[lost]] = 1000
    return tuple(row.items())


def _reject(random: Random) -> Curve:
    """S-shaped, and steepest between 60 and 120 %, wherever in between."""
    low, high = random.randint(0, 250), random.randint(850, 1000)
    # Between these shares both middle stretches are steeper than any outer one can be.
    loss_covered = low + (high - low) * random.randint(60, 70) // 100
    return _curve(_REJECT_AT, (0, low, loss_covered, high, 1000))


def _accept(random: Random) -> Curve:
    """Concave: each stretch is flatter than the one before it."""
    widths = [right - left for left, right in pairwise(_ACCEPT_AT)]
    slopes = sorted((random.randint(1, 1000) for _ in widths), reverse=True)
    rises = [width * slope for width, slope in zip(widths, slopes, strict=True)]
    heights = [1000 * risen // sum(rises) for risen in accumulate(rises, initial=0)]
    return _curve(_ACCEPT_AT, heights)


def _falling(curve: Curve, random: Random) -> Curve:
    """Later and harder are never better; nothing more is known."""
    heights = sorted((random.randint(0, 1000) for _ in curve[1:]), reverse=True)
    return tuple((x, height) for (x, _), height in zip(curve, (1000, *heights), strict=True))


def _apology(random: Random) -> ApologyWeights:
    """Empathy before intensity before timing; of intensity, responsibility first."""
    empathy, intensity, timely = _parts_of_a_thousand(3, random)
    responsibility, *others = _parts_of_a_thousand(4, random)
    random.shuffle(others)
    regret, repentance, named_owner = others
    return ApologyWeights(
        empathy=empathy,
        intensity=intensity,
        timely=timely,
        responsibility=responsibility,
        regret=regret,
        repentance=repentance,
        named_owner=named_owner,
    )


def _explains(random: Random) -> tuple[tuple[Explains, int], ...]:
    """A specific cause is most adequate, a mere status least."""
    status, *others = sorted(random.randint(100, 1000) for _ in EXPLAINS[1:])
    random.shuffle(others)
    next_steps, prevention = others
    worth: dict[Explains, int] = {
        "cause": 1000,
        "status": status,
        "next_steps": next_steps,
        "prevention": prevention,
    }
    return tuple(worth.items())


def _parts_of_a_thousand(count: int, random: Random) -> list[int]:
    """Return random parts of 1000, the greatest first; every division is as likely as another."""
    cuts = sorted(random.randint(0, 1000) for _ in range(count - 1))
    ends = [0, *cuts, 1000]
    return sorted((high - low for low, high in pairwise(ends)), reverse=True)


def _curve(at: tuple[int, ...], heights: list[int] | tuple[int, ...]) -> Curve:
    return tuple((Fraction(x), height) for x, height in zip(at, heights, strict=True))
