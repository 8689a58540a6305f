"""Sealed clauses keep their meaning in every policy that extends theirs.

An override or a removal of what says that it is sealed is refused where policies are composed. Here
stands the rest: nothing that a sealed clause reads or gives may be replaced below it, and no clause
below it may take away what it gives, or give what it withholds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from remedykit.diagnostics import Findings
from remedykit.language.composition import Composed, Key, key_of
from remedykit.language.degree import body_parts, walk
from remedykit.language.names_used import names_used
from remedykit.language.occurrences import length_of
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    CheckedPolicy,
    Define,
    Entitle,
    Expression,
    FactRead,
    Forbid,
    Limit,
    Offer,
    Param,
    RemedyKind,
    Rule,
    Selector,
    Terms,
    TimelineFact,
)
from remedykit.model.words import Basis

# What of a remedy kind is not its worth to the customer: how it is put, and what it costs the shop.
_FREE = frozenset({"title", "say", "note", "cost", "pays"})
_SELECTED_BY = frozenset({"part", "gives", "group", "basis"})

_Item = Rule | Limit | RemedyKind | Define | Param | TimelineFact


def check_sealed(policy: CheckedPolicy, composed: Composed, findings: Findings) -> None:
    """Report what a policy does to the sealed clauses of those that it extends."""
    if not composed.sealed or len(set(composed.layer_of.values())) == 1:
        return
    check = _Check(policy, composed, findings, _items(policy))
    sealed = [item for key, item in sorted(check.items.items()) if _is_sealed(key, composed)]
    check.replaced(sealed)
    for clause in sealed:
        if isinstance(clause, Rule | Limit):
            check.weakened(clause)


def _is_sealed(key: Key, composed: Composed) -> bool:
    section, name = key
    return key in composed.sealed or (
        section == "rules" and any(name.startswith(f"{each}.") for each in composed.sealed_tables)
    )


def _items(policy: CheckedPolicy) -> Mapping[Key, _Item]:
    found: dict[Key, _Item] = {key_of("params", each.name): each for each in policy.params}
    found |= {key_of("define", each.name): each for each in policy.defines}
    found |= {key_of("facts", each.name): each for each in policy.timeline}
    found |= {key_of("remedies", each.name): each for each in policy.remedies}
    found |= {key_of("rules", each.id): each for each in policy.rules}
    found |= {key_of("limits", each.id): each for each in policy.limits}
    return found


@dataclass(frozen=True, slots=True)
class _Check:
    """One composed policy.

    Attributes:
        policy: as it was checked.
        composed: where its parts come from.
        findings: learns the faults.
        items: all its parts by name.
    """

    policy: CheckedPolicy
    composed: Composed
    findings: Findings
    items: Mapping[Key, _Item]

    # --- what sealed clauses read and give -----------------------------------------------------

    def replaced(self, sealed: list[_Item]) -> None:
        """Report each override of something that a sealed clause of its base reads or gives."""
        told: set[Key] = set()
        for root in sealed:
            pending, seen = [*_reads(root)], set[Key]()
            while pending:
                key = pending.pop()
                item = self.items.get(key)
                if item is None or key in seen:  # no item: a fact of the models or handed in
                    continue
                seen.add(key)
                pending += _reads(item)
                if key not in told and self._is_below(item, root) and self._is_changed(key):
                    told.add(key)
                    self._tell(item, root)
        self._reselected(sealed, told)

    def _is_below(self, item: _Item, root: _Item) -> bool:
        layer_of = self.composed.layer_of
        return layer_of[item.place.file] < layer_of[root.place.file]

    def _is_changed(self, key: Key) -> bool:
        replaced = self.composed.replaced.get(key)
        if replaced is None:
            return False
        return key[0] != "remedies" or not replaced.keys <= _FREE

    def _tell(self, item: _Item, root: _Item) -> None:
        if isinstance(item, RemedyKind):
            message = f"`{item.name}` is given by `{_name(root)}`, which is sealed"
            help_text = f"of such a kind an override may change {', '.join(sorted(_FREE))} only"
        else:
            message = f"`{_name(item)}` is read by `{_name(root)}`, which is sealed"
            help_text = "leave it as it is, and declare another one for your own rules"
        self._report(item, message, help_text, root)

    def _reselected(self, sealed: list[_Item], told: set[Key]) -> None:
        """Report kinds that an override takes out of what a sealed clause is about, or into it."""
        selecting = [each for each in sealed if _selector(each) is not None]
        for kind in self.policy.remedies if selecting else ():
            key = key_of("remedies", kind.name)
            replaced = self.composed.replaced.get(key)
            above = [each for each in selecting if self._is_below(kind, each)]
            changed = sorted(replaced.keys & _SELECTED_BY) if replaced else []
            if above and changed and key not in told:
                message = f"`{kind.name}` has another {changed[0]} than in the base"
                help_text = f"`{_name(above[0])}` is sealed; declare a kind of another name"
                self._report(kind, message, help_text, above[0])

    # --- what is declared beside them ------------------------------------------------------------

    def weakened(self, clause: Rule | Limit) -> None:
        """Report what stands below a sealed clause and takes away what it does."""
        others: tuple[Rule | Limit, ...] = (*self.policy.rules, *self.policy.limits)
        for other in others:
            if self._is_below(other, clause):
                kinds = sorted(self._weakens(other, clause))
                if kinds:
                    message = f"`{other.id}` weakens `{clause.id}`, which is sealed: {_how(other)}"
                    self._report(
                        other,
                        f"{message} `{kinds[0]}`",
                        "leave it out, or take that kind out of it",
                        clause,
                    )

    def _weakens(self, other: Rule | Limit, sealed: Rule | Limit) -> Iterator[str]:
        """Give the kinds of which a clause takes away what a sealed one does about them."""
        selector = _selector(sealed)
        of = _selector(other)
        effect = sealed.effect if isinstance(sealed, Rule) else None
        if isinstance(effect, Offer):
            if of is not None and not _adjusts(other):
                for each in effect.outcomes:
                    if _selects(of, each.kind, self._basis(each.kind, effect)):
                        yield each.kind
        elif isinstance(effect, Adjust):
            against = other.effect if isinstance(other, Rule) else None
            if isinstance(against, Adjust) and effect.points * against.points < 0:
                yield from effect.of.kinds & against.of.kinds
        elif selector is not None and isinstance(other, Rule):
            yield from self._escaping(other, selector)

    def _escaping(self, rule: Rule, selector: Selector) -> Iterator[str]:
        """Give the kinds that a rule offers on a basis which the selector does not reach."""
        if not isinstance(rule.effect, Offer | Entitle):
            return
        for each in rule.effect.outcomes:
            kind, offer = each.kind, rule.effect if isinstance(rule.effect, Offer) else None
            escapes = offer is None or not _selects(selector, kind, self._basis(kind, offer))
            if escapes and _selects(selector, kind, self._basis(kind)):
                yield kind

    def _basis(self, name: str, offer: Offer | None = None) -> Basis:
        kind = self.items[key_of("remedies", name)]
        usual: Basis = kind.basis if isinstance(kind, RemedyKind) else "standard"
        return offer.basis or usual if offer else usual

    def _report(self, item: _Item, message: str, help_text: str, root: _Item) -> None:
        self.findings.error(
            "sealed", item.place, message, help=help_text, also=(root.place, "it is sealed here")
        )


def _name(item: _Item) -> str:
    return item.id if isinstance(item, Rule | Limit) else item.name


def _how(clause: Rule | Limit) -> str:
    match clause:
        case Limit():
            return "it caps"
        case Rule(effect=Forbid()):
            return "it forbids"
        case Rule(effect=AskApproval()):
            return "it asks approval for"
        case Rule(effect=Adjust()):
            return "it gives the opposite points to"
        case Rule(effect=Entitle()):
            return "it entitles to"
        case _:
            return "it offers on another basis"


def _adjusts(clause: Rule | Limit) -> bool:
    return isinstance(clause, Rule) and isinstance(clause.effect, Adjust)


def _selector(item: _Item) -> Selector | None:
    """Return which remedies a clause is about, if it is about some that others give."""
    match item:
        case Limit(of=of) | Rule(effect=Forbid(of=of) | AskApproval(of=of) | Adjust(of=of)):
            return of
        case _:
            return None


def _selects(selector: Selector, kind: str, basis: Basis) -> bool:
    return kind in selector.kinds and selector.basis in {None, basis}


# --- what is read --------------------------------------------------------------------------------


def _reads(item: _Item) -> Iterator[Key]:
    """Give what decides whether and what something gives: no texts, and no costs of the shop."""
    match item:
        case Rule(effect=Offer(outcomes=outcomes) | Entitle(outcomes=outcomes)):
            yield from _named_in((item.condition, item.remedy_condition))
            for outcome in outcomes:
                yield key_of("remedies", outcome.kind)
                yield from _of_terms(outcome.overrides)
        case Rule():
            yield from _named_in((item.condition, item.remedy_condition))
        case Limit():
            yield from _named_in((item.condition, item.remedy_condition, item.at_most))
        case RemedyKind():
            yield from _named_in((item.needs, item.states))
            yield from _of_terms(item.terms)
        case Define():
            yield from _named_in(body_parts(item.body))
        case TimelineFact():
            yield from _named_in((length_of(item.pattern),))
        case Param():
            pass
        case _ as unreachable:
            assert_never(unreachable)


def _of_terms(terms: Terms) -> Iterator[Key]:
    yield from _named_in((terms.value, terms.due))
    yield from (key_of("params", name) for name in terms.measure_params)


def _named_in(expressions: Iterable[Expression | None]) -> Iterator[Key]:
    """Give the params, defines and facts that some expressions name."""
    written = [each for each in expressions if each is not None]
    yield from (key_of("define", name) for name in names_used(written))
    for part in (part for each in written for part in walk(each)):
        if isinstance(part, FactRead):
            yield key_of("facts", part.name)
