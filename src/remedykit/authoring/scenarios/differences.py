"""Where a decision is not as a scenario expects: what was expected, what came, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from remedykit.authoring.scenarios.causes import Causes
from remedykit.authoring.scenarios.expectations import (
    NONE,
    Expectation,
    ExpectedText,
    ExpectedValue,
)
from remedykit.explain.questions import Asking
from remedykit.model.decision import Decision, Remedy
from remedykit.policy import Policy

_LONGEST_TEXT = 200  # characters of a message that are shown


@dataclass(frozen=True, slots=True)
class Difference:
    """One expectation that was not met.

    Attributes:
        about: what it is about, such as ``first`` or ``value of refund``.
        expected: what was expected.
        got: what came.
        why: the rules and tests that made it so, with the values they read; a line each.
    """

    about: str
    expected: str
    got: str
    why: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return what was expected and what came, in one line."""
        return f"{self.about}: expected {self.expected}, got {self.got}"

    def report(self) -> str:
        """Return the same, and why in the lines below."""
        return "\n".join([str(self), *(f"  {line}" for line in self.why)])


@dataclass(frozen=True, slots=True)
class _Unmet:
    """An expectation that was not met, and how to find out why."""

    about: str
    expected: str
    got: str
    why: Callable[[Causes], Iterable[str]]


def differences_between(
    expect: Expectation, decision: Decision, policy: Policy
) -> tuple[Difference, ...]:
    """Return where a decision is not as expected, in the order of the expectations."""

    def asking() -> Asking:
        return Asking.of(policy.decider, policy.facts_of(decision), decision)

    unmet = tuple(_Comparison(expect, decision, asking).unmet())
    if not unmet:
        return ()
    causes = Causes.of(policy, decision)
    return tuple(
        Difference(each.about, each.expected, each.got, tuple(each.why(causes))) for each in unmet
    )


def is_as_expected(expect: Expectation, decision: Decision, asking: Callable[[], Asking]) -> bool:
    """Return whether a decision is as expected; nothing is worked out about why it is not.

    Args:
        expect: what is expected.
        decision: what came.
        asking: returns what may be asked about the decision.
    """
    return next(_Comparison(expect, decision, asking).unmet(), None) is None


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Holds one decision against what is expected of it."""

    expect: Expectation
    decision: Decision
    asking: Callable[[], Asking]

    def unmet(self) -> Iterator[_Unmet]:
        """Yield every expectation that was not met."""
        yield from self._nothing()
        yield from self._first()
        yield from self._order()
        yield from self._plan()
        yield from self._offers()
        yield from self._not_offered()
        yield from self._withheld()
        yield from self._asks()
        yield from self._value()
        yield from self._says()
        yield from self._approval()
        yield from self._pays()
        yield from self._hand_over()
        yield from self._todo()

    # --- which remedies ------------------------------------------------------------------------

    @property
    def _kinds(self) -> tuple[str, ...]:
        return tuple(remedy.kind for remedy in self.decision.remedies)

    def _nothing(self) -> Iterator[_Unmet]:
        kinds = self._kinds
        if self.expect.nothing and kinds:
            yield _Unmet("nothing", "no remedy", _listed(kinds), lambda causes: causes.came(kinds))

    def _first(self) -> Iterator[_Unmet]:
        first = self.expect.first
        fixes = [remedy.kind for remedy in self.decision.remedies if remedy.part == "fix"]
        if first is not None and fixes[:1] != [first]:
            got = fixes[0] if fixes else "no fix"
            yield _Unmet("first", first, got, lambda causes: causes.order((first, *fixes[:1])))

    def _order(self) -> Iterator[_Unmet]:
        order = self.expect.order
        came = tuple(kind for kind in self._kinds if kind in order)
        if came != order:
            yield _Unmet("order", _listed(order), _listed(came), lambda causes: causes.order(order))

    def _plan(self) -> Iterator[_Unmet]:
        plan, got = self.expect.plan, self.decision.plan.remedies
        if plan is None or set(plan) == set(got):
            return
        missing = tuple(kind for kind in plan if kind not in got)
        extra = tuple(kind for kind in got if kind not in plan)
        yield _Unmet(
            "plan",
            _listed(sorted(plan)),
            _listed(sorted(got)),
            lambda causes: (*causes.not_in_plan(missing), *causes.came(extra)),
        )

    def _offers(self) -> Iterator[_Unmet]:
        for kind in self.expect.offers:
            yield from self._lacking("offers", kind)

    def _not_offered(self) -> Iterator[_Unmet]:
        for kind in self.expect.not_offered:
            if kind in self._kinds:
                about, got = f"not_offered {kind}", self._standing(kind)
                yield _Unmet(about, "not offered", got, _came(kind))

    def _withheld(self) -> Iterator[_Unmet]:
        for each in self.expect.withheld:
            reasons = [
                withheld.reason for withheld in self.decision.withheld if withheld.kind == each.kind
            ]
            if each.reason not in reasons:
                about, got = f"withheld {each.kind}", self._standing(each.kind)
                yield _Unmet(about, each.reason, got, _not_withheld(each.kind, each.reason))

    # --- how they are offered ------------------------------------------------------------------

    def _value(self) -> Iterator[_Unmet]:
        for each in self.expect.value:
            remedy = self._remedy(each.kind)
            if remedy is None:
                yield from self._lacking("value of", each.kind, str(each))
            elif not _is_worth(remedy, each):
                got = "no value" if remedy.value is None else str(remedy.value)
                yield _Unmet(f"value of {each.kind}", str(each), got, _valued(each.kind))

    def _says(self) -> Iterator[_Unmet]:
        for each in self.expect.says:
            remedy = self._remedy(each.kind)
            expected = f"{'exactly ' if each.whole else ''}«{_cut(each.text)}»"
            if remedy is None:
                yield from self._lacking("message of", each.kind, expected)
            elif not _is_said(remedy, each):
                got = f"«{_cut(remedy.message)}»"
                yield _Unmet(f"message of {each.kind}", expected, got, lambda _: ())

    def _approval(self) -> Iterator[_Unmet]:
        for each in self.expect.approval:
            remedy = self._remedy(each.kind)
            expected = _words(sorted(each.roles))
            if remedy is None:
                yield from self._lacking("approval of", each.kind, expected)
            elif set(remedy.approval) != set(each.roles):
                got = _words(remedy.approval)
                yield _Unmet(f"approval of {each.kind}", expected, got, _approved(each.kind))

    def _pays(self) -> Iterator[_Unmet]:
        for each in self.expect.pays:
            remedy = self._remedy(each.kind)
            if remedy is None:
                yield from self._lacking("payer of", each.kind, each.payer)
            elif remedy.pays != each.payer:
                got, why = remedy.pays, _valued(each.kind)
                yield _Unmet(f"payer of {each.kind}", each.payer, got, why)

    # --- beside the remedies -------------------------------------------------------------------

    def _asks(self) -> Iterator[_Unmet]:
        asks = self.expect.asks
        if asks is None:
            return
        asking = self.asking()
        missing = tuple(fact for fact in asks if not asking.asks(fact))
        if missing or (not asks and any(asking.asked())):
            expected = _listed(asks) if asks else "no question"
            asked = tuple(question.fact for question in asking.questions())
            yield _Unmet("asks", expected, _listed(asked), lambda causes: causes.unasked(missing))

    def _hand_over(self) -> Iterator[_Unmet]:
        expected = self.expect.hand_over
        got = tuple(dict.fromkeys(each.to for each in self.decision.hand_over))
        if expected is not None and set(expected) != set(got):
            wrong = frozenset(expected) ^ frozenset(got)
            yield _Unmet(
                "hand_over", _words(expected), _words(got), lambda causes: causes.handed(wrong)
            )

    def _todo(self) -> Iterator[_Unmet]:
        expected, got = self.expect.todo, self.decision.todo
        if expected is not None and set(expected) != set(got):
            wrong = frozenset(expected) ^ frozenset(got)
            yield _Unmet("todo", _words(expected), _words(got), lambda causes: causes.tasks(wrong))

    # --- what became of one kind ---------------------------------------------------------------

    def _remedy(self, kind: str) -> Remedy | None:
        return next((each for each in self.decision.remedies if each.kind == kind), None)

    def _lacking(self, about: str, kind: str, expected: str = "offered") -> Iterator[_Unmet]:
        if kind not in self._kinds:
            yield _Unmet(f"{about} {kind}", expected, self._standing(kind), _lacked(kind))

    def _standing(self, kind: str) -> str:
        reasons = [each.reason for each in self.decision.withheld if each.kind == kind]
        if reasons:
            return ", ".join(reasons)
        if kind in self.decision.plan.remedies:
            return "in the plan"
        return "offered" if kind in self._kinds else "not offered"


# A loop variable would be the last one's when it is asked for, so these bind it.


def _came(kind: str) -> Callable[[Causes], Iterable[str]]:
    return lambda causes: causes.came((kind,))


def _lacked(kind: str) -> Callable[[Causes], Iterable[str]]:
    return lambda causes: causes.missing(kind)


def _not_withheld(kind: str, reason: str) -> Callable[[Causes], Iterable[str]]:
    return lambda causes: causes.not_withheld(kind, reason)


def _valued(kind: str) -> Callable[[Causes], Iterable[str]]:
    return lambda causes: causes.value(kind)


def _approved(kind: str) -> Callable[[Causes], Iterable[str]]:
    return lambda causes: causes.approval(kind)


def _is_worth(remedy: Remedy, expected: ExpectedValue) -> bool:
    if remedy.value is None or remedy.value.amount != expected.amount:
        return False
    return expected.currency in {"", remedy.value.currency}


def _is_said(remedy: Remedy, expected: ExpectedText) -> bool:
    if expected.whole:
        return remedy.message == expected.text
    return expected.text in remedy.message


def _listed(words: Iterable[str]) -> str:
    return f"[{', '.join(words)}]"


def _words(words: Iterable[str]) -> str:
    return ", ".join(words) or NONE


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} …"
