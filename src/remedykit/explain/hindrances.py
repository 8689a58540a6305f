"""What keeps one rule's claim on a remedy kind from standing: each clause with the facts it reads.

A claim that is to stand under other facts must have each of its hindrances removed, and none is
removed unless one of its facts changes: so a change that leaves one of them untouched is in vain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from remedykit.effects.past_offers import was_refused
from remedykit.effects.properties import properties_of_kind
from remedykit.effects.setting import MOST_MINOR_UNITS, Setting
from remedykit.effects.tables import ClaimRow
from remedykit.engine.matching import members
from remedykit.explain.deciding import Decider
from remedykit.explain.forgetting import to_forget
from remedykit.explain.reads import facts_needed
from remedykit.language.degree import facts_read_by
from remedykit.language.syntax import (
    And,
    CheckedPolicy,
    Constant,
    Define,
    DefineRead,
    Entitle,
    EqualTo,
    Expression,
    Limit,
    Offer,
    Rule,
    Tested,
)
from remedykit.ranking.perks import PERK_WHEN


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One test of a clause that does not come out as a claim needs it.

    Attributes:
        clause: the rule, or ``needs:reship``, ``states:reship``, ``perk_when``, ``refused``.
        reads: the facts that decide it.
        to_forget: the fact that would have to be unknown, though it is known; ``""`` where there is
            none.
    """

    clause: str
    reads: frozenset[str]
    to_forget: str = ""


@dataclass(frozen=True, slots=True)
class ClaimedBy:
    """One rule's claim on a remedy kind, whether it holds or not.

    Attributes:
        row: the rule and the kind.
        rivals: claims on other kinds that may take its room.
        fix: of a perk where the plan has no fix yet, the claim on one that must stand, too.
        alone: a policy of nothing but these claims and what may stop them.
        about: the facts that this policy reads, its ranking among it.
        defines: all of them by name.
    """

    row: ClaimRow
    rivals: tuple[ClaimRow, ...]
    fix: ClaimedBy | None
    alone: CheckedPolicy
    about: frozenset[str]
    defines: Mapping[str, Define]

    @property
    def rule(self) -> str:
        """The rule that claims."""
        return self.row.rule.id

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from other claims on the kind."""
        fixes = () if self.fix is None else (self.fix.row,)
        others = (f"{row.rule.id}:{row.of.kind.name}" for row in (*fixes, *self.rivals))
        return (self.rule, *others)

    @property
    def needs_fix(self) -> bool:
        """Whether it is a perk that the plan has only beside a fix."""
        return self.row.of.kind.part == "perk" and not self.row.of.entitled

    def hindrances(self, setting: Setting) -> tuple[Hindrance, ...]:
        """Return all that hinders the claim; nothing if it stands before limits and ranking."""
        of_fix = () if self.fix is None else self.fix.hindrances(setting)
        return (*self._found(setting), *of_fix)

    def _found(self, setting: Setting) -> Iterator[Hindrance]:
        row, truth = self.row, setting.evaluation.truth
        for part in self._tests(row.rule.condition):
            if truth(part) is not True:
                yield self._unless_true(row.rule.id, part, setting)
        kind = row.of.kind
        for part in self._tests(kind.needs):
            holds = truth(part)
            # A right stays while it is unknown whether it can be carried out.
            if holds is False or (holds is None and not row.of.entitled):
                yield self._unless_true(f"needs:{kind.name}", part, setting)
        for part in self._tests(kind.states):
            if truth(part) is not True:
                yield self._unless_true(f"states:{kind.name}", part, setting)
        if not row.of.entitled:
            yield from self._forbidding(setting)
            yield from self._at_the_gate(setting)
        yield from self._of_value(setting)

    def _forbidding(self, setting: Setting) -> Iterator[Hindrance]:
        of = self.row.of
        about = setting.evaluation.about(
            properties_of_kind(of.kind, of.basis, setting.facts).values
        )
        for number in members(setting.matches.possible & of.forbidding):
            if setting.applies(number, of, about) is not False:
                rule = setting.policy.rules[number]
                found = self._read(rule.id, rule.condition, rule.remedy_condition)
                both = And((rule.condition, rule.remedy_condition), rule.condition.place)
                yield replace(found, to_forget=to_forget(both, setting.facts, wanted=False))

    def _at_the_gate(self, setting: Setting) -> Iterator[Hindrance]:
        """Yield what is missing for perks, where the policy has a condition for all of them."""
        gate = setting.policy.ranking.perk_when
        if gate is None or self.row.of.kind.part != "perk":
            return
        define = self.defines[gate]
        for part in self._tests(DefineRead(gate, define.type, define.place)):
            if setting.evaluation.truth(part) is not True:
                yield self._unless_true(PERK_WHEN, part, setting)

    def _of_value(self, setting: Setting) -> Iterator[Hindrance]:
        row = self.row
        value = 0 if row.value is None else setting.amount(row.value)
        reads = () if row.value is None else (row.value,)
        if row.value is not None and (value is None or not 0 < value <= MOST_MINOR_UNITS):
            yield self._read(row.rule.id, *reads)
        elif not row.of.entitled and was_refused(row.of.kind.name, value, setting.facts):
            yield self._read("refused", *reads)

    def _tests(self, condition: Expression) -> Iterator[Expression]:
        """Yield the tests that must all hold, with those of the conditions that they name."""
        match condition:
            case And(parts=parts):
                for part in parts:
                    yield from self._tests(part)
            case (
                DefineRead(name=name)
                | Tested(subject=DefineRead(name=name), test=EqualTo(operand=Constant(value=True)))
            ):
                body = self.defines[name].body
                if isinstance(body, And):
                    yield from self._tests(body)
                else:
                    yield condition
            case _:
                yield condition

    def _unless_true(self, clause: str, condition: Expression, setting: Setting) -> Hindrance:
        forgotten = to_forget(condition, setting.facts, wanted=True)
        return replace(self._read(clause, condition), to_forget=forgotten)

    def _read(self, clause: str, *conditions: Expression) -> Hindrance:
        return Hindrance(clause, facts_read_by(conditions, self.defines))


def claims_on(kind: str, decider: Decider) -> Iterator[ClaimedBy]:
    """Yield what the rules of a policy may claim of a remedy kind, in the order of the rules."""
    for row in _rows(decider):
        if row.of.kind.name == kind:
            yield _claimed_by(row, (), decider)


def claims_on_fixes(decider: Decider) -> Iterator[ClaimedBy]:
    """Yield what the rules of a policy may claim of fixes, in the order of the rules."""
    for row in _rows(decider):
        if row.of.kind.part == "fix":
            yield _claimed_by(row, (), decider)


def beside_fix(claim: ClaimedBy, fix: ClaimedBy, decider: Decider) -> ClaimedBy:
    """Return a claim on a perk that stands only if one on a fix does, too."""
    return _claimed_by(claim.row, claim.rivals, decider, fix=fix)


def _rows(decider: Decider) -> Iterator[ClaimRow]:
    for _, rows in sorted(decider.effect_tables.claims.items()):
        yield from rows


def among_rivals(
    claim: ClaimedBy, kinds: frozenset[str], setting: Setting, decider: Decider
) -> ClaimedBy:
    """Return a claim with those that some facts make on other kinds."""
    claims = decider.effect_tables.claims
    numbers = members(setting.matches.possible & decider.effect_tables.claiming)
    rivals = tuple(row for number in numbers for row in claims[number] if row.of.kind.name in kinds)
    return _claimed_by(claim.row, rivals, decider, fix=claim.fix)


def _claimed_by(
    row: ClaimRow,
    rivals: tuple[ClaimRow, ...],
    decider: Decider,
    *,
    fix: ClaimedBy | None = None,
) -> ClaimedBy:
    alone = _alone((row, *(() if fix is None else (fix.row,)), *rivals), decider)
    about = frozenset(facts_needed(alone))
    used = tuple(define for define in alone.defines if define.reads <= about)
    defines = {define.name: define for define in decider.policy.defines}
    return ClaimedBy(row, rivals, fix, replace(alone, defines=used), about, defines)


def _alone(rows: tuple[ClaimRow, ...], decider: Decider) -> CheckedPolicy:
    """Return a policy of some claims: their rules, kinds, and the clauses that may stop them."""
    stopping = {number for row in rows for number in members(row.of.forbidding | row.of.limiting)}
    clauses = [decider.effect_tables.clauses[number] for number in sorted(stopping)]
    claiming = tuple(_of_one_kind(row) for row in rows)
    return replace(
        decider.policy,
        rules=(*claiming, *(each for each in clauses if isinstance(each, Rule))),
        limits=tuple(each for each in clauses if isinstance(each, Limit)),
        remedies=tuple({row.of.kind.name: row.of.kind for row in rows}.values()),
    )


def _of_one_kind(row: ClaimRow) -> Rule:
    """Return the rule of a claim as if it claimed nothing else."""
    effect = row.rule.effect
    if not isinstance(effect, Offer | Entitle):
        return row.rule
    outcomes = tuple(each for each in effect.outcomes if each.kind == row.of.kind.name)
    return replace(row.rule, effect=replace(effect, outcomes=outcomes))
