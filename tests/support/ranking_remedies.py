"""Remedies that the tests of the ranking choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from remedykit.effects.candidates import Candidate
from remedykit.language.syntax import Apology
from remedykit.language.types import Value
from remedykit.ranking.result import Ranked
from support.ranking_builders import (
    NOON,
    candidate,
)

SINCERE = candidate(
    "sincere", "apology", apology=Apology(responsibility=True, regret=True, empathy=True)
)
BARE = candidate("bare", "apology", apology=Apology(regret=True))
NO_SCAN = candidate("no_scan", "explanation", explains="cause")
RESHIP = candidate(
    "reship", gives="exchange", value=6000, cost=4800, days=5, restores=True, group="make_whole"
)
REFUND = candidate("refund", value=6000, cost=6000, days=3, group="make_whole")
CREDIT = candidate(
    "credit", gives="money_later", value=6000, cost=5000, effort=1, group="make_whole"
)
GIFT = candidate("gift", "perk", gives="money_later", value=1000, cost=100)
POINTS = candidate("points", "perk", gives="money_later", value=800, cost=50)
# Slow, so that a perk beside an apology is worth giving.
WAITED: Mapping[str, Value | None] = {"incident.discovered_at": NOON - timedelta(days=7)}


def in_group(remedy: Candidate, group: str) -> Candidate:
    lower = None if remedy.lower is None else in_group(remedy.lower, group)
    return remedy._replace(kind=replace(remedy.kind, group=group), lower=lower)


def entitle(remedy: Candidate) -> Candidate:
    return remedy._replace(basis="entitlement", claimed_as="entitlement")


def choices(result: Ranked) -> dict[str, str | None]:
    return {one.candidate.kind.name: one.choice_of for one in result.remedies}


def adequacy(result: Ranked) -> dict[str, bool]:
    return {one.candidate.kind.name: one.adequate for one in result.remedies}
