"""Points and approvals of each candidate, from the rules that adjust and that ask for approval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from remedykit.effects.candidates import Candidate
from remedykit.effects.claimed_kinds import ClaimedKind
from remedykit.effects.properties import values_of
from remedykit.effects.setting import Setting
from remedykit.engine.matching import members
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
    doubts = _Doubts()
    results = tuple([_judged(candidate, setting, doubts) for candidate in candidates])
    return Judged(candidates=results, open_facts=doubts.open_facts(setting))


@dataclass(slots=True)
class _Doubts:
    """Gathers what leaves judgements open: rules that may hold, and facts that tests want."""

    rules: int = 0
    facts: set[str] = field(default_factory=set[str])

    def open_facts(self, setting: Setting) -> frozenset[str]:
        """Return the unknown facts behind all of it."""
        conditions = (setting.tables.clauses[number].condition for number in members(self.rules))
        return frozenset(self.facts.union(*map(setting.open_facts, conditions)))


def _judged(candidate: Candidate, setting: Setting, doubts: _Doubts) -> Candidate:
    """Return what stands of a candidate, weighed."""
    before = candidate.lower
    lower = None if before is None else _judged(before, setting, doubts)
    of = setting.tables.claimed_kinds[candidate.kind.name, candidate.claimed_as]
    weighing = setting.tables.reached(setting.matches.possible & of.weighing, candidate.value)
    if weighing and candidate.owed:
        weighing &= ~setting.tables.asking
    points, roles = _weighed(candidate, of, weighing, setting, doubts) if weighing else (0, ())
    if roles and candidate.entitled and lower is not None:
        return lower
    if lower is before and not points and not roles:
        return candidate
    return candidate._replace(lower=lower, points=points, approval=roles)


def _weighed(
    candidate: Candidate, of: ClaimedKind, weighing: int, setting: Setting, doubts: _Doubts
) -> tuple[int, tuple[str, ...]]:
    """Return the points of a candidate and who must approve it.

    Args:
        candidate: what is weighed.
        of: what it is claimed as.
        weighing: the rules that concern it and may hold.
        setting: of the decision.
        doubts: gathers what leaves it open.
    """
    points, roles = 0, set[str]()
    about = setting.evaluation
    if weighing & of.tested:
        about = about.about(values_of(candidate, of.constant, setting.facts))
    for number in members(weighing):
        applies = setting.applies(number, of, about)
        if applies is False:
            continue
        effect = setting.policy.rules[number].effect
        if isinstance(effect, AskApproval):
            roles.add(effect.by)
        elif applies and isinstance(effect, Adjust):
            points += effect.points
        if applies is None and of.tested >> number & 1:
            doubts.facts |= setting.open_facts_of(number, of, about)
        elif applies is None:
            doubts.rules |= 1 << number
    if not points and not roles:  # as is the rule
        return 0, ()
    return max(-MOST_POINTS, min(MOST_POINTS, points)), tuple(sorted(roles))
