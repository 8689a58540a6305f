"""The numbers that a policy scores with unless its `ranking:` section says otherwise.

``docs/ranking.md`` gives the source of each, or says that it is a modelling choice. All are whole
thousandths.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, assert_never

from remedykit.language.syntax import ApologyWeights, Curve, Ranking, Weights
from remedykit.model.words import Explains, Gives, Resource

# Orders from docs/ranking.md#match (Roschk & Gelbrich 2014); the numbers are choices.
_MATCH: tuple[tuple[Resource, tuple[tuple[Gives, int], ...]], ...] = (
    (
        "money",
        (
            ("money_now", 1000),
            ("money_later", 750),
            ("exchange", 600),
            ("reperform", 600),
            ("psychological", 350),
        ),
    ),
    (
        "goods",
        (
            ("money_now", 750),
            ("money_later", 550),
            ("exchange", 1000),
            ("reperform", 700),
            ("psychological", 300),
        ),
    ),
    (
        "service",
        (
            ("money_now", 700),
            ("money_later", 550),
            ("exchange", 700),
            ("reperform", 1000),
            ("psychological", 400),
        ),
    ),
    (
        "attention",
        (
            ("money_now", 700),
            ("money_later", 600),
            ("exchange", 650),
            ("reperform", 700),
            ("psychological", 1000),
        ),
    ),
)


def _curve(*points: tuple[int, int]) -> Curve:
    return tuple((Fraction(x), thousandths) for x, thousandths in points)


# Share of the loss in thousandths -> satisfaction; docs/ranking.md#compensation.
_REJECT = _curve((0, 0), (600, 100), (1000, 700), (1200, 920), (1500, 1000))
_ACCEPT = _curve((0, 0), (250, 530), (500, 790), (1000, 960), (1500, 1000))

# Days -> thousandths; docs/ranking.md#speed-and-effort.
_SPEED = _curve((0, 1000), (1, 870), (2, 760), (3, 660), (5, 500), (10, 250), (15, 125), (30, 20))

# Effort of the customer (0 to 5) -> thousandths; docs/ranking.md#speed-and-effort.
_EFFORT: Curve = (
    (Fraction(0), 1000),
    (Fraction(1, 2), 880),
    *_curve((1, 780), (2, 600), (4, 370), (5, 290)),
)

# docs/ranking.md#words-apology-and-explanation
_APOLOGY = ApologyWeights(
    empathy=500,
    intensity=300,
    timely=200,
    responsibility=250,
    regret=250,
    repentance=250,
    named_owner=250,
)
_EXPLAINS: tuple[tuple[Explains, int], ...] = (
    ("cause", 1000),
    ("status", 400),
    ("next_steps", 700),
    ("prevention", 700),
)


def _weights(objective: Literal["resolve", "retain"]) -> Weights:
    """Orders from docs/ranking.md#weights; the numbers are choices."""
    match objective:
        case "resolve":
            return Weights(distributive=480, interactional=320, procedural=200, cost=350, risk=500)
        case "retain":
            return Weights(distributive=380, interactional=400, procedural=220, cost=350, risk=500)
        case _ as unreachable:
            assert_never(unreachable)


def default_ranking(objective: Literal["resolve", "retain"]) -> Ranking:
    """Return the documented numbers for an objective, without any define or param of a policy.

    Args:
        objective: ``resolve`` to satisfy the customer in this incident, ``retain`` to keep him.

    Returns:
        A ranking whose loss, risk and value at risk are the built-in ones.

    Example:
        >>> default_ranking("resolve").weights.distributive
        480
    """
    return Ranking(
        objective=objective,
        weights=_weights(objective),
        match=_MATCH,
        reject=_REJECT,
        accept=_ACCEPT,
        speed=_SPEED,
        effort=_EFFORT,
        apology=_APOLOGY,
        explains=_EXPLAINS,
        explanation_share=400,
        perk_gain_mixed=1000,
        perk_gain_plain=200,
    )
