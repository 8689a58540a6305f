"""The words of one policy that a scenario may expect: kinds, roles, desks, tasks and facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass

from remedykit.effects.tables import PAYS_UNLESS_SAID
from remedykit.language.occurrences import terms_of
from remedykit.language.syntax import (
    AskApproval,
    CheckedPolicy,
    Entitle,
    HandOver,
    RemedyKind,
    Todo,
)
from remedykit.policy import Policy
from remedykit.ranking.rank import A_PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What can come out of a policy's decisions, by name, sorted as its author did.

    Attributes:
        kinds: every remedy kind.
        roles: who may have to approve.
        payers: who may pay for a remedy.
        desks: to whom an incident may be handed over.
        tasks: what may stand in the to-do list.
        rights: the kinds that some rule gives the customer a right to.
        facts: every fact of the policy.
        reads: those of them on which its decisions can depend.
    """

    kinds: Map[str, RemedyKind]
    roles: tuple[str, ...]
    payers: tuple[str, ...]
    desks: tuple[str, ...]
    tasks: tuple[str, ...]
    rights: frozenset[str]
    facts: tuple[str, ...]
    reads: frozenset[str]

    @classmethod
    def of(cls, policy: Policy) -> Vocabulary:
        """Return the words of a policy."""
        effects = [rule.effect for rule in policy.checked.rules]
        tasks = (task for each in effects if isinstance(each, Todo) for task in each.tasks)
        rights = (each.outcomes for each in effects if isinstance(each, Entitle))
        desks = (each.to for each in effects if isinstance(each, HandOver))
        return cls(
            kinds={kind.name: kind for kind in policy.checked.remedies},
            roles=_unique(each.by for each in effects if isinstance(each, AskApproval)),
            payers=_unique((*_payers(policy.checked), PAYS_UNLESS_SAID)),
            desks=_unique((*desks, A_PERSON)),
            tasks=_unique(tasks),
            rights=frozenset(outcome.kind for outcomes in rights for outcome in outcomes),
            facts=tuple(each.name for each in policy.schema.declarations),
            reads=frozenset(policy.reads),
        )

    @property
    def fixes(self) -> tuple[str, ...]:
        """The kinds that are fixes."""
        return tuple(name for name, kind in self.kinds.items() if kind.part == "fix")


def _payers(policy: CheckedPolicy) -> Iterator[str]:
    """Yield who pays, as the terms of remedies say."""
    yield from (terms.pays for terms in terms_of(policy) if terms.pays is not None)


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
