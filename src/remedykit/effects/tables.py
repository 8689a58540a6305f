"""What the effects of a policy need that does not depend on the facts: made once.

A set of clauses is a whole number, as in the matches: bit `n` stands for clause `n`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from remedykit.effects.candidates import Claimed
from remedykit.effects.claimed_kinds import ClaimedKind, Concerns, is_always
from remedykit.engine.matching import members, set_of
from remedykit.engine.open_facts import OpenFacts
from remedykit.language.syntax import (
    And,
    AskApproval,
    Between,
    CheckedPolicy,
    Constant,
    Entitle,
    Expression,
    Limit,
    Offer,
    RemedyKind,
    RemedyRead,
    Rule,
    Template,
    Terms,
    Tested,
    Todo,
)
from remedykit.language.syntax import HandOver as HandOverEffect
from remedykit.model.decision import HandOver
from remedykit.model.words import Basis

PAYS_UNLESS_SAID = "shop"  # modelling choice: who made the promise pays
NONE_SAID = Fraction(0)  # days and effort where nobody says them
_WORDS = ("apology", "explanation")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """What one rule claims of one remedy kind, with the catalogue's terms where it says none.

    Attributes:
        value: worth to the customer; ``None`` for words without a value.
        cost: ``None`` if nobody says it: words cost nothing then, all else its value.
        is_word: whether it is an apology or an explanation.
        due: until when it must be done, if that is said.
        rules: the rule's id, alone.
        sources: the source that the rule names, if it names one.
    """

    rule: Rule
    of: ClaimedKind
    value: Expression | None
    cost: Expression | None
    is_word: bool
    due: Expression | None
    resolved_in_days: Fraction
    effort_0_to_5: Fraction
    say: Template | None
    pays: str
    rules: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectTables:
    """A policy prepared for its effects.

    Attributes:
        clauses: the rules and limits by number.
        rule_numbers: the number of each rule by its id.
        claiming: the rules that offer or entitle.
        claims: what each of these claims, by its number.
        claimed_kinds: every kind on every basis on which some rule claims it.
        hand_overs: what each rule hands over that does, by its number.
        handing_over: these rules.
        tasks: the merchant's own work that rules list, by number.
        listing_work: these rules.
        asking: the rules that ask for an approval.
        limiting: the limits.
        tested: the rules and limits with a test on the remedy.
        floors: minor units, by number: of a remedy of a lower value, the tests of a rule do not
            hold. Most approvals are asked for high amounts only.
        floored: the rules that have such a floor.
    """

    open_facts: OpenFacts
    clauses: tuple[Rule | Limit, ...]
    rule_numbers: Mapping[str, int]
    claiming: int
    claims: Mapping[int, tuple[ClaimRow, ...]]
    claimed_kinds: Mapping[Claimed, ClaimedKind]
    hand_overs: Mapping[int, HandOver]
    handing_over: int
    tasks: Mapping[int, tuple[str, ...]]
    listing_work: int
    asking: int
    limiting: int
    tested: int
    floors: Mapping[int, int | Fraction]
    floored: int

    @classmethod
    def of(cls, policy: CheckedPolicy) -> EffectTables:
        """Prepare a policy."""
        claims = _claims(policy)
        clauses: tuple[Rule | Limit, ...] = (*policy.rules, *policy.limits)
        rules = tuple(enumerate(policy.rules))
        tasks = {n: rule.effect.tasks for n, rule in rules if isinstance(rule.effect, Todo)}
        floors = {
            n: floor for n, rule in rules if (floor := _floor(rule.remedy_condition)) is not None
        }
        hand_overs = {
            number: HandOver(to=rule.effect.to, reason="rule", rule=rule.id)
            for number, rule in rules
            if isinstance(rule.effect, HandOverEffect)
        }
        return cls(
            open_facts=OpenFacts.of(policy),
            clauses=clauses,
            rule_numbers={rule.id: number for number, rule in rules},
            claiming=set_of(claims),
            claims=claims,
            claimed_kinds={row.of.claimed: row.of for rows in claims.values() for row in rows},
            hand_overs=hand_overs,
            handing_over=set_of(hand_overs),
            tasks=tasks,
            listing_work=set_of(tasks),
            asking=set_of(n for n, rule in rules if isinstance(rule.effect, AskApproval)),
            limiting=set_of(range(len(rules), len(clauses))),
            tested=set_of(
                number
                for number, clause in enumerate(clauses)
                if not is_always(clause.remedy_condition)
            ),
            floors=floors,
            floored=set_of(floors),
        )

    def reached(self, rules: int, value: int) -> int:
        """Return some rules less those with a floor above a value."""
        for number in members(rules & self.floored):
            if value < self.floors[number]:
                rules ^= 1 << number
        return rules


def _floor(remedy_condition: Expression) -> int | Fraction | None:
    tests = remedy_condition.parts if isinstance(remedy_condition, And) else (remedy_condition,)
    for test in tests:
        match test:
            case Tested(
                subject=RemedyRead(name="remedy.value"),
                test=Between(low=Constant(value=int() | Fraction() as floor)),
            ):
                return floor
            case _:
                pass
    return None


# --- claims ------------------------------------------------------------------------------------


def _claims(policy: CheckedPolicy) -> dict[int, tuple[ClaimRow, ...]]:
    concerns = Concerns.of(policy)
    claimed_kinds: dict[Claimed, ClaimedKind] = {}
    claims: dict[int, tuple[ClaimRow, ...]] = {}
    for number, rule in enumerate(policy.rules):
        if isinstance(rule.effect, Offer | Entitle):
            rows: list[ClaimRow] = []
            for outcome in rule.effect.outcomes:
                kind, _ = concerns.kinds[outcome.kind]
                claimed = kind.name, _basis(rule.effect, kind)
                if claimed not in claimed_kinds:
                    claimed_kinds[claimed] = concerns.claimed_kind(*claimed)
                rows.append(_row(rule, outcome.overrides, claimed_kinds[claimed]))
            claims[number] = tuple(rows)
    return claims


def _basis(effect: Offer | Entitle, kind: RemedyKind) -> Basis:
    if isinstance(effect, Entitle):
        return "entitlement"
    return effect.basis or kind.basis


def _row(rule: Rule, overrides: Terms, of: ClaimedKind) -> ClaimRow:
    catalogue = of.kind.terms
    days, effort = overrides.resolved_in_days, overrides.effort_0_to_5  # 0 overrides, too
    if days is None:
        days = catalogue.resolved_in_days
    if effort is None:
        effort = catalogue.effort_0_to_5
    return ClaimRow(
        rule=rule,
        of=of,
        value=overrides.value or catalogue.value,
        cost=overrides.cost or catalogue.cost,
        is_word=of.kind.part in _WORDS,
        due=overrides.due or catalogue.due,
        resolved_in_days=days or NONE_SAID,
        effort_0_to_5=effort or NONE_SAID,
        say=overrides.say or catalogue.say,
        pays=overrides.pays or catalogue.pays or PAYS_UNLESS_SAID,
        rules=(rule.id,),
        sources=(rule.source,) if rule.source else (),
    )
