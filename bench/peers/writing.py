"""Conditions of a checked policy written in another engine's language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from remedykit.language.degree import body_parts, walk
from remedykit.language.syntax import (
    AllOf,
    And,
    Arithmetic,
    Between,
    Cases,
    CheckedPolicy,
    Compare,
    Constant,
    Contains,
    Define,
    DefineRead,
    EqualTo,
    Expression,
    Extreme,
    FactRead,
    KnownTest,
    Negative,
    Not,
    NotTest,
    OneOf,
    Or,
    ParamRead,
    Test,
    Tested,
)
from remedykit.language.types import BOOL, Value

CURRENCY = "USD"  # the only one of the policies measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a language writes what all of them have.

    Attributes:
        all_of: joins conditions that must all hold.
        one_of: joins conditions one of which must hold.
        no: a negation, around ``{}``.
        if_else: a choice, of ``{test}``, ``{then}`` and ``{other}``.
        null: what an unknown fact is.
        number: writes a number.
        contains: whether the list ``{list}`` contains ``{word}``.
        words: a list of words, around ``{}``.
        define: how a define is read, around ``{}``.
    """

    all_of: str = " && "
    one_of: str = " || "
    no: str = "!({})"
    if_else: str = "({test} ? {then} : {other})"
    null: str = "null"
    number: Callable[[int | Fraction], str] = lambda value: repr(simplest(value))
    contains: str = "{word} in {list}"
    words: str = "[{}]"
    define: str = "{}"


PYTHON = Dialect(
    all_of=" and ",
    one_of=" or ",
    no="not ({})",
    if_else="({then} if {test} else {other})",
    null="None",
    words="{{{}}}",
)
# CEL has no arithmetic between its integers and its doubles, so everything is a double.
CEL = Dialect(number=lambda value: repr(float(value)))


def simplest(value: int | Fraction) -> int | float:
    """Return a number as an int, or else as the float that it equals."""
    if isinstance(value, int) or value.denominator == 1:
        return int(value)
    if Fraction(float(value)) != value:
        raise ValueError(f"{value} is no number that a float holds exactly")
    return float(value)


def identifier(name: str) -> str:
    """Return a fact's name as one word, which every language takes for a name."""
    return name.replace(".", "_")


def names_read(parts: Iterable[Expression], defines: Mapping[str, Define]) -> Iterator[str]:
    """Yield the names of the facts and defines that some expressions read, also through others."""
    for part in parts:
        for node in walk(part):
            match node:
                case FactRead() | DefineRead():
                    if node.name in defines:
                        yield from names_read(body_parts(defines[node.name].body), defines)
                    yield node.name
                case _:
                    pass


def split(condition: Expression) -> tuple[Expression, ...]:
    """Return the parts that must all hold."""
    if isinstance(condition, And):
        return tuple(inner for part in condition.parts for inner in split(part))
    return (condition,)


class Writer:
    """Writes conditions for an engine with two truth values; all facts compared are known."""

    def __init__(self, policy: CheckedPolicy, dialect: Dialect) -> None:
        """Take the policy for its params, and the language to write in."""
        self._params = {param.name: param for param in policy.params}
        self.dialect = dialect

    # --- conditions ----------------------------------------------------------------------------

    def condition(self, expression: Expression) -> str:
        """Return a condition as text, in brackets where it needs them."""
        match expression:
            case And(parts=parts):
                return self._joined(self.dialect.all_of, [self.condition(part) for part in parts])
            case Or(parts=parts):
                return self._joined(self.dialect.one_of, [self.condition(part) for part in parts])
            case Not(part=part):
                return self.dialect.no.format(self.condition(part))
            case Tested(subject=subject, test=test):
                return self.test(test, self.value(subject))
            case Compare():
                return (
                    f"{self.value(expression.left)} {expression.op} {self.value(expression.right)}"
                )
            case _:
                return self.value(expression)

    def test(self, test: Test, subject: str) -> str:
        """Return a test on a subject as text."""
        match test:
            case EqualTo(operand=Constant(value=bool() as wanted)):
                return subject if wanted else self.dialect.no.format(subject)
            case EqualTo(operand=operand):
                return f"{subject} == {self.value(operand)}"
            case Between():
                return self._joined(self.dialect.all_of, list(self._ends(test, subject)))
            case Contains(word=word):
                return self.dialect.contains.format(word=json.dumps(word), list=subject)
            case KnownTest(expected=expected):
                return f"{subject} {'!=' if expected else '=='} {self.dialect.null}"
            case OneOf(tests=tests) if words := words_of(tests):
                return self.dialect.contains.format(word=subject, list=self.word_list(words))
            case OneOf(tests=tests):
                return self._joined(self.dialect.one_of, [self.test(x, subject) for x in tests])
            case AllOf(tests=tests):
                return self._joined(self.dialect.all_of, [self.test(x, subject) for x in tests])
            case NotTest(test=inner):
                return self.dialect.no.format(self.test(inner, subject))
            case _:
                raise TypeError(f"no policy measured has a {type(test).__name__}")

    def word_list(self, words: Iterable[str]) -> str:
        """Return a list of words as text."""
        return self.dialect.words.format(", ".join(map(json.dumps, words)))

    def _ends(self, test: Between, subject: str) -> Iterator[str]:
        if test.low is not None:
            yield f"{subject} {'>' if test.low_excluded else '>='} {self.value(test.low)}"
        if test.high is not None:
            yield f"{subject} {'<' if test.high_excluded else '<='} {self.value(test.high)}"

    def _joined(self, word: str, parts: list[str]) -> str:
        return parts[0] if len(parts) == 1 else f"({word.join(parts)})"

    # --- values --------------------------------------------------------------------------------

    def value(self, expression: Expression) -> str:
        """Return a value as text."""
        match expression:
            case Constant(value=value):
                return self._constant(value)
            case FactRead(name=name):
                return identifier(name)
            case DefineRead(name=name):
                return self.dialect.define.format(name)
            case ParamRead(name=name):
                param = self._params[name]
                value = dict(param.by_currency)[CURRENCY] if param.value is None else param.value
                return self._constant(value)
            case Arithmetic(op=op, left=left, right=right):
                return f"({self.value(left)} {op} {self.value(right)})"
            case Negative(operand=operand):
                return f"(-{self.value(operand)})"
            case Extreme(op=op, items=(first, *others)):
                text = self.value(first)
                for item in others:
                    text = self._extreme("<" if op == "min" else ">", text, self.value(item))
                return text
            case _:
                raise TypeError(f"no policy measured has a {type(expression).__name__} in a value")

    def define(self, define: Define) -> str:
        """Return what a define comes to as text."""
        body = define.body
        if not isinstance(body, Cases):
            return self.condition(body) if define.type == BOOL else self.value(body)
        if body.op != "first" or body.otherwise is None:
            raise TypeError("the policies measured have `first` cases with `else` only")
        text = self.value(body.otherwise)
        for row in reversed(body.rows):
            test = self.condition(row.when)
            text = self.dialect.if_else.format(test=test, then=self.value(row.value), other=text)
        return text

    def _extreme(self, sign: str, left: str, right: str) -> str:
        return self.dialect.if_else.format(test=f"{left} {sign} {right}", then=left, other=right)

    def _constant(self, value: Value) -> str:
        match value:
            case bool():
                return str(value).lower()
            case int() | Fraction():
                return self.dialect.number(value)
            case str():
                return json.dumps(value)
            case _:
                raise TypeError(f"no policy measured has the constant {value!r}")


def words_of(tests: tuple[Test, ...]) -> tuple[str, ...]:
    """Return the words of tests that are all for equality with one; else nothing."""
    words = [
        test.operand.value
        for test in tests
        if isinstance(test, EqualTo) and isinstance(test.operand, Constant)
    ]
    texts = tuple(word for word in words if isinstance(word, str))
    return texts if len(texts) == len(tests) else ()
