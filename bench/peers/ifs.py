"""What a good programmer would write by hand: one `if` a rule, in two flavours.

Three-valued as remedykit is: each `if` asks whether the rule possibly holds, and inside it whether
it surely does. Tests stand in the author's order; a fact that is never unknown is not asked whether
it is; defines are computed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.peers.atoms import function
from bench.peers.contender import Answer, Matcher, Task, plain
from bench.peers.writing import PYTHON, Writer, identifier, names_read, split, words_of
from remedykit.language.degree import walk
from remedykit.language.syntax import (
    Cases,
    Compare,
    Constant,
    Define,
    DefineRead,
    EqualTo,
    Expression,
    FactRead,
    KnownTest,
    Not,
    NotTest,
    OneOf,
    Test,
    Tested,
)
from remedykit.language.types import BOOL

Found = tuple[list[str], list[str]]


def prepare(task: Task) -> Matcher:
    """Return one function with an `if` for every rule."""
    match = function("match", list(_Function(task).lines()))
    return Matcher(form=plain, match=match, answer=_answer)


def _answer(found: Found) -> Answer:
    return Answer(*map(frozenset, found))


class _Function:
    """The source of a function that decides some clauses."""

    def __init__(self, task: Task) -> None:
        self._task = task
        certain = {
            identifier(each.name) for each in task.policy.schema.declarations if each.always_known
        }
        self._certain = certain
        self._surely, self._possibly = Kleene.pair(task, certain)

    def lines(self) -> Iterator[str]:
        policy = self._task.policy
        defines = {define.name: define for define in policy.defines}
        conditions = [clause.condition for clause in self._task.clauses]
        used = set(names_read(conditions, defines))
        yield "def match(facts):"
        for name in sorted(used - defines.keys()):
            yield f'    {identifier(name)} = facts["{name}"]'
        for define in policy.defines:
            if define.name in used:
                yield f"    {define.name} = {self._defined(define)}"
        yield "    definite, possible = [], []"
        for clause in self._task.clauses:
            yield from self._clause(clause.id, split(clause.condition))
        yield "    return definite, possible"

    def _clause(self, name: str, parts: tuple[Expression, ...]) -> Iterator[str]:
        surely = [self._surely.condition(part) for part in parts]
        possibly = [self._possibly.condition(part) for part in parts]
        uncertain = [sure for sure, may in zip(surely, possibly, strict=True) if sure != may]
        yield f"    if {' and '.join(possibly)}:"
        yield f'        possible.append("{name}")'
        if uncertain:
            yield f"        if {' and '.join(uncertain)}:"
        yield f'        {"    " if uncertain else ""}definite.append("{name}")'

    def _defined(self, define: Define) -> str:
        body = define.body
        if isinstance(body, Cases):
            return self._cases(body)
        if define.type != BOOL:
            return self._known_or_none(body)
        sure, may = self._surely.condition(body), self._possibly.condition(body)
        if sure == may:
            self._certain.add(define.name)
            return sure
        return f"True if {sure} else None if {may} else False"

    def _cases(self, body: Cases) -> str:
        if body.op != "first" or body.otherwise is None:
            raise TypeError("the policies measured have `first` cases with `else` only")
        text = self._known_or_none(body.otherwise)
        for row in reversed(body.rows):
            test = self._surely.condition(row.when)
            if test != self._possibly.condition(row.when):
                raise TypeError("the policies measured choose cases by what is never unknown")
            text = f"({self._known_or_none(row.value)} if {test} else {text})"
        return text

    def _known_or_none(self, expression: Expression) -> str:
        unknown = self._surely.unknown_in(expression)
        text = self._surely.value(expression)
        return f"(None if {unknown} else {text})" if unknown else text


class Kleene(Writer):
    """Writes whether a condition surely holds, or whether it possibly does."""

    opposite: Kleene

    def __init__(self, task: Task, certain: set[str], *, sure: bool) -> None:
        """Take the names that are never unknown, and which of the two it is about."""
        super().__init__(task.policy, PYTHON)
        self._certain = certain
        self._sure = sure

    @classmethod
    def pair(cls, task: Task, certain: set[str]) -> tuple[Kleene, Kleene]:
        """Return the two: what does not possibly hold is what surely does not."""
        surely, possibly = cls(task, certain, sure=True), cls(task, certain, sure=False)
        surely.opposite, possibly.opposite = possibly, surely
        return surely, possibly

    def condition(self, expression: Expression) -> str:
        """Return a condition as text."""
        match expression:
            case Not(part=part):
                return self.dialect.no.format(self.opposite.condition(part))
            case Compare():
                unknown = self.unknown_in(expression)
                return self._guarded(unknown, super().condition(expression))
            case Tested() | Constant():
                return super().condition(expression)
            case FactRead(place=place) | DefineRead(place=place):
                return self.test(EqualTo(Constant(True, BOOL, place)), self.value(expression))
            case _:
                return super().condition(expression)

    def test(self, test: Test, subject: str) -> str:
        """Return a test on a subject as text, which asks for ``None`` only where it must."""
        match test:
            case NotTest(test=inner):
                return self.dialect.no.format(self.opposite.test(inner, subject))
            case KnownTest(expected=expected):
                return f"{subject} {'is not' if expected else 'is'} None"
            case _ if subject in self._certain:
                return super().test(test, subject)
            case EqualTo(operand=Constant(value=bool() as wanted)):
                return f"{subject} is {wanted if self._sure else f'not {not wanted}'}"
            case EqualTo(operand=operand) if not self._sure:
                return f"{subject} in {{{self.value(operand)}, None}}"
            case EqualTo():
                return super().test(test, subject)
            case OneOf(tests=tests) if words := words_of(tests):
                return f"{subject} in {self._words(words)}"
            case _:
                return self._guarded(f"{subject} is None", super().test(test, subject))

    def unknown_in(self, expression: Expression) -> str:
        """Return the condition that something is unknown which an expression reads; or nothing."""
        reads = {
            identifier(node.name)
            for node in walk(expression)
            if isinstance(node, FactRead | DefineRead)
        }
        return " or ".join(f"{name} is None" for name in sorted(reads - self._certain))

    def _words(self, words: Iterable[str]) -> str:
        text = self.word_list(words)
        return text if self._sure else f"{text[:-1]}, None}}"

    def _guarded(self, unknown: str, text: str) -> str:
        if not unknown:
            return text
        return f"(not ({unknown}) and {text})" if self._sure else f"({unknown} or {text})"
