"""Points and approvals of each candidate, from the rules that adjust and that ask for approval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from remedykit.effects.candidates import Candidate
from remedykit.effects.properties import properties_of
from remedykit.effects.setting import Setting
from remedykit.language.syntax import Adjust, AskApproval

MOST_POINTS = 20  # the sum of all adjustments of one remedy stays within plus and minus this


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The candidates with points and approvals, and the unknown facts that left some open."""

    candidates: tuple[Candidate, ...]
    open_facts: frozenset[str]


def judged(candidates: Iterable[Candidate], setting: Setting) -> Judged:
    """Add points (of rules that definitely hold) and approvals (of rules that may hold).

    A right waits for nobody: what would make it wait is dropped, and what it falls back to stands.
    """
    results = [_judged(candidate, setting) for candidate in candidates]
    return Judged(
        candidates=tuple(candidate for candidate, _ in results),
        open_facts=frozenset(fact for _, facts in results for fact in facts),
    )


def _judged(candidate: Candidate, setting: Setting) -> tuple[Candidate, frozenset[str]]:
    remedy = properties_of(candidate, setting.facts)
    points, roles, open_facts = 0, set[str](), set[str]()
    lower = None
    if candidate.lower is not None:
        lower, found = _judged(candidate.lower, setting)
        open_facts.update(found)
    for rule in setting.policy.rules:
        if not isinstance(rule.effect, Adjust | AskApproval):
            continue
        if isinstance(rule.effect, AskApproval) and candidate.owed:
            continue
        truth = setting.applies(rule, rule.effect.of, remedy)
        if truth is None:
            open_facts.update(setting.open_facts_of(rule, remedy))
        if isinstance(rule.effect, Adjust):
            points += rule.effect.points if truth is True else 0
        elif truth is not False:
            roles.add(rule.effect.by)
    if roles and candidate.entitled and lower is not None:
        return lower, frozenset(open_facts)
    done = replace(
        candidate,
        lower=lower,
        points=max(-MOST_POINTS, min(MOST_POINTS, points)),
        approval=tuple(sorted(roles)),
    )
    return done, frozenset(open_facts)
