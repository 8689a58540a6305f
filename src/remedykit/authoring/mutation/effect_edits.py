"""Small changes of what a rule does: another kind, another desk, less of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from remedykit.authoring.mutation.mutant import Operator
from remedykit.authoring.mutation.rebuilding import replaced, without
from remedykit.authoring.mutation.values import next_word
from remedykit.diagnostics import Place
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    CheckedPolicy,
    Effect,
    Entitle,
    Forbid,
    HandOver,
    Offer,
    Outcome,
    RemedyKind,
    Rule,
    Selector,
    Todo,
)

_MOST_SELECTED = 4  # kinds of a selector that is taken for a list of kinds, not for a part


@dataclass(frozen=True, slots=True)
class EffectEdit:
    """An effect that does something else; `change` says what."""

    operator: Operator
    place: Place
    change: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class EffectEdits:
    """Makes small changes of the effects of one policy's rules.

    Attributes:
        kinds: the remedy kinds by name, sorted.
        roles: those that approve or take over, sorted.
    """

    kinds: Mapping[str, RemedyKind]
    roles: tuple[str, ...]

    @classmethod
    def of(cls, policy: CheckedPolicy) -> EffectEdits:
        """Return what changes the effects of a policy."""
        roles = {role for rule in policy.rules for role in _role(rule.effect)}
        return cls({kind.name: kind for kind in policy.remedies}, tuple(sorted(roles)))

    def of_rule(self, rule: Rule) -> Iterator[EffectEdit]:
        """Yield every small change of what a rule does; that it does nothing is not among them."""
        effect, place = rule.effect, rule.place
        match effect:
            case Offer(outcomes=outcomes) | Entitle(outcomes=outcomes):
                yield from self._outcomes(effect, outcomes)
            case Forbid(of=of) | Adjust(of=of):
                for change, other in self._selectors(of):
                    yield EffectEdit("kind", place, change, replace(effect, of=other))
            case AskApproval(of=of, by=by):
                for change, other in self._selectors(of):
                    yield EffectEdit("kind", place, change, replace(effect, of=other))
                for role in self._other_role(by):
                    change = f"approved by {by} -> {role}"
                    yield EffectEdit("effect", place, change, replace(effect, by=role))
            case HandOver(to=to):
                for role in self._other_role(to):
                    yield EffectEdit(
                        "effect", place, f"hand over to {to} -> {role}", HandOver(role)
                    )
            case Todo(tasks=tasks):
                for number, task in enumerate(tasks if len(tasks) > 1 else ()):
                    fewer = Todo(without(tasks, number))
                    yield EffectEdit("effect", place, f"todo: without {task}", fewer)

    def _outcomes(
        self, effect: Offer | Entitle, outcomes: tuple[Outcome, ...]
    ) -> Iterator[EffectEdit]:
        word = "offer" if isinstance(effect, Offer) else "entitle"
        there = tuple(outcome.kind for outcome in outcomes)
        for number, outcome in enumerate(outcomes):
            kind, place = outcome.kind, outcome.place
            other = self._like(kind, there)
            if other is not None:
                changed = replaced(outcomes, number, replace(outcome, kind=other))
                new = replace(effect, outcomes=changed)
                yield EffectEdit("kind", place, f"{word}: {kind} -> {other}", new)
            if len(outcomes) > 1:
                new = replace(effect, outcomes=without(outcomes, number))
                yield EffectEdit("effect", place, f"{word}: without {kind}", new)

    def _selectors(self, of: Selector) -> Iterator[tuple[str, Selector]]:
        kinds = tuple(sorted(of.kinds))
        if len(kinds) == 1:
            other = self._like(kinds[0], kinds)
            if other is not None:
                yield f"of: {kinds[0]} -> {other}", replace(of, kinds=frozenset({other}))
        elif len(kinds) <= _MOST_SELECTED:
            for kind in kinds:
                yield f"of: without {kind}", replace(of, kinds=of.kinds - {kind})

    def _like(self, kind: str, used: tuple[str, ...]) -> str | None:
        """Return another kind of the same part, which has a worth if this one has one."""
        wanted = self.kinds[kind]
        alike = [
            name
            for name, each in self.kinds.items()
            if each.part == wanted.part
            and (each.terms.value is None) is (wanted.terms.value is None)
        ]
        return next_word(kind, alike, used)

    def _other_role(self, role: str) -> Iterator[str]:
        other = next_word(role, self.roles, ())
        if other is not None:
            yield other


def _role(effect: Effect) -> Iterator[str]:
    match effect:
        case AskApproval(by=role) | HandOver(to=role):
            yield role
        case _:
            pass
