"""Random expressions and conditions over the pools of facts: every form that the language has."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from remedykit.language.syntax import (
    Absolute,
    AllOf,
    Between,
    Cases,
    Constant,
    Contains,
    Define,
    DefineRead,
    EqualTo,
    Expression,
    Extreme,
    FactRead,
    In,
    IsKnown,
    KnownTest,
    MemberOf,
    Negative,
    NotTest,
    OneOf,
    ParamRead,
    Rounded,
    Shifted,
    Test,
)
from remedykit.language.types import (
    BOOL,
    DATE,
    DURATION,
    INT,
    MONEY,
    NUMBER,
    ORDERED,
    TEXT,
    TEXTS,
    TIME,
    FactType,
)
from support.build import (
    HERE,
    NEVER,
    arithmetic,
    both,
    cases,
    compare,
    const,
    defined,
    either,
    fact,
    negation,
    param_read,
    passes,
)
from support.chances import Chance, flag
from support.pools import CALENDARS, CONSTANTS, EVERY_POOL, PARAMS

CaseOp = Literal["first", "unique", "sum", "max", "min", "count"]
Op = Literal["<", "<=", ">", ">=", "==", "!="]

Sign = Literal["+", "-"]

OPS: tuple[Op, ...] = ("<", "<=", ">", ">=", "==", "!=")
SUMMABLE = (MONEY, NUMBER, INT)
# So large or small that products of two leave the range of numbers.
_HUGE: tuple[int | Fraction, ...] = (10**60, Fraction(1, 10**60), -(10**60))
_FAR = 10**9  # days or hours, beyond the range of times


class Expressions:
    """Makes expressions over the pools and over some defines; with `known` tests or without."""

    def __init__(self, chance: Chance, defines: tuple[Define, ...] = (), *, known: bool) -> None:
        self._chance = chance
        self.defines = defines
        self._known = known

    # --- conditions ----------------------------------------------------------------------------

    def condition(self, depth: int) -> Expression:
        """Return a condition."""
        form = self._chance.pick(("atom", "and", "or", "not", "atom", "twice", "twice", "none"))
        if depth == 0 or form == "atom":
            return self._atom()
        match form:
            case "and":
                return both(*(self.condition(depth - 1) for _ in range(self._few())))
            case "or":
                return either(*(self.condition(depth - 1) for _ in range(self._few())))
            case "not":
                return negation(self.condition(depth - 1))
            case "twice":
                # On a list, two words that are wanted are more than one table can answer.
                subject = self._chance.pick((self._subject(), fact("customer.tags", TEXTS)))
                depth = 0 if subject.type == TEXTS else 1
                return both(*(passes(subject, self._test(subject, depth)) for _ in range(2)))
            case _:
                constants: tuple[Expression, ...] = (const(True), NEVER, both(), const(False))
                return either(self._atom(), self._chance.pick(constants))

    def wide(self) -> Expression:
        """Return a condition with more alternatives than an engine may want to take apart."""
        if flag(self._chance):
            return either(*(self._atom() for _ in range(10)))
        return both(*(either(*(self._atom() for _ in range(3))) for _ in range(3)))

    def _atom(self) -> Expression:
        match self._chance.pick(("test", "test", "test", "compare", "read", "in", "known")):
            case "compare":
                return self._comparison()
            case "read":
                return self.leaf(BOOL)
            case "in":
                members = self._chance.pick((self.leaf(TEXTS), Constant(("new",), TEXTS, HERE)))
                return In(self.leaf(TEXT), members, HERE)
            case "known" if self._known:
                return IsKnown(self._subject(), HERE)
            case _:
                subject = self._subject()
                return passes(subject, self._test(subject, 2))

    def _comparison(self) -> Expression:
        of = self._chance.pick((MONEY, NUMBER, NUMBER, TIME, DURATION, DATE, TEXT, BOOL))
        op = self._chance.pick(OPS if of.base in ORDERED else OPS[4:])
        left = self.leaf(BOOL) if of == BOOL else self.value(of)
        right = Constant(self._chance.pick(CONSTANTS[of]), of, HERE)
        if flag(self._chance):
            right_side = self.leaf(BOOL) if of == BOOL else self.value(of)
        else:
            right_side = right
        if of.base in ORDERED and flag(self._chance, one_in=4):
            middle = self.leaf(of)
            return both(compare(left, op, middle), compare(middle, op, right_side))
        sides = (left, right_side) if flag(self._chance) else (right_side, left)
        return compare(sides[0], op, sides[1])

    # --- tests ---------------------------------------------------------------------------------

    def _subject(self) -> FactRead | DefineRead:
        reads: list[FactRead | DefineRead] = [
            *(defined(item.name, item.type) for item in self.defines),
            *(fact(name, of) for name, (of, _) in EVERY_POOL.items()),
        ]
        if self.defines and flag(self._chance, one_in=3):
            return reads[self._chance.count(0, len(self.defines) - 1)]
        return self._chance.pick(reads)

    def _test(self, subject: FactRead | DefineRead, depth: int) -> Test:
        form = self._chance.pick(("plain", "plain", "not", "one", "all"))
        if depth and form == "not":
            return NotTest(self._test(subject, depth - 1))
        if depth and form == "one":
            return OneOf(self._tests(subject, depth - 1))
        if depth and form == "all":
            return AllOf(self._tests(subject, depth - 1))
        return self._plain_test(subject)

    def _tests(self, subject: FactRead | DefineRead, depth: int) -> tuple[Test, ...]:
        many = 0 if flag(self._chance, one_in=25) else self._few()
        return tuple(self._test(subject, depth) for _ in range(many))

    def _plain_test(self, subject: FactRead | DefineRead) -> Test:
        if self._known and flag(self._chance, one_in=6):
            return KnownTest(flag(self._chance))
        if subject.type.base in ORDERED:
            return self._ordered_test(subject.type)
        if subject.type == TEXTS:
            word = self._chance.pick(("new", "gold", "vip", "other"))
            return self._chance.pick((Contains(word), Contains(word), self._in_regions()))
        if subject.type == TEXT and flag(self._chance, one_in=3):
            return self._in_regions()
        return EqualTo(Constant(self._chance.pick(CONSTANTS[subject.type]), subject.type, HERE))

    def _in_regions(self) -> Test:
        return MemberOf(param_read("regions", TEXTS))

    def _ordered_test(self, of: FactType) -> Test:
        low, high = self._operand(of), self._operand(of)
        low_excluded, high_excluded = flag(self._chance), flag(self._chance)
        match self._chance.pick(("equal", "low", "high", "both")):
            case "equal":
                return EqualTo(low)
            case "low":
                return Between(low, None, low_excluded=low_excluded)
            case "high":
                return Between(None, high, high_excluded=high_excluded)
            case _:
                return Between(low, high, low_excluded, high_excluded)

    def _operand(self, of: FactType) -> Constant | ParamRead:
        options: list[Constant | ParamRead] = [
            *(Constant(value, of, HERE) for value in CONSTANTS[of]),
            *(param_read(item.name, item.type) for item in PARAMS if _fits(item.type, of)),
        ]
        return self._chance.pick(options)

    # --- values --------------------------------------------------------------------------------

    def value(self, of: FactType, depth: int = 1) -> Expression:
        """Return an expression of a type."""
        match of:
            case _ if of in (MONEY, NUMBER):
                return self._sum(of, depth)
            case _ if of == TIME:
                return self.time(depth)
            case _ if of == DURATION:
                return self._duration(depth)
            case _ if of == BOOL:
                return self.condition(depth)
            case _:
                return self.leaf(of)

    def amount(self, depth: int = 2) -> Expression:
        """Return an amount of money."""
        return self._sum(MONEY, depth)

    def time(self, depth: int = 1) -> Expression:
        """Return a time."""
        moment = self.leaf(TIME)
        sign: Literal[1, -1] = self._chance.pick((1, -1))
        forms = ("leaf", "days", "hours", "working_days", "+", "max")
        match self._chance.pick(forms) if depth else "leaf":
            case "days":
                return Shifted(moment, sign, self._count(), "days", HERE)
            case "working_days":
                calendar = self._chance.pick(CALENDARS).name
                return Shifted(moment, sign, self._count(), "working_days", HERE, calendar)
            case "hours":
                return Shifted(moment, sign, self._count(), "hours", HERE)
            case "+":
                operator: Sign = self._chance.pick(("+", "-"))
                return arithmetic(moment, operator, self.leaf(DURATION), TIME)
            case "max":
                return self._extreme(TIME, depth)
            case _:
                return moment

    def leaf(self, of: FactType) -> Expression:
        """Return a fact, a define, a param or a constant."""
        reads: list[Expression] = [
            *(fact(name, type_) for name, (type_, _) in EVERY_POOL.items() if _fits(type_, of)),
            *(defined(item.name, item.type) for item in self.defines if _fits(item.type, of)),
            *(param_read(item.name, item.type) for item in PARAMS if _fits(item.type, of)),
            Constant(self._chance.pick(CONSTANTS[of]), of, HERE),
        ]
        return self._chance.pick(reads)

    def cases(self, of: FactType) -> Cases:
        """Return cases whose outcomes are of a type."""
        ops: tuple[CaseOp, ...] = ("first", "first", "unique")
        more: Mapping[CaseOp, int] = {
            "sum": 4 * (of in SUMMABLE),
            "max": of.base in ORDERED,
            "min": of.base in ORDERED,
            "count": 6 * (of == INT),
        }
        for name, times in more.items():
            ops = (*ops, *(name for _ in range(times)))
        op = self._chance.pick(ops)
        rows = [(self.condition(1), self._outcome(op, of)) for _ in range(self._few())]
        # The loader demands an `else` of `first`; without one an engine need not be right.
        bare = op != "first" and flag(self._chance)
        return cases(op, *rows, otherwise=None if bare else self._outcome(op, of))

    def _outcome(self, op: CaseOp, of: FactType) -> Expression:
        if op == "count":
            return const(1)
        constant = Constant(self._chance.pick(CONSTANTS[of]), of, HERE)
        return constant if flag(self._chance) else self.value(of)

    def _few(self) -> int:
        return self._chance.count(1, 3)

    def _count(self) -> Expression:
        """Return how many days or hours: seldom a part of one, or more than time has."""
        wholes = (const(1), const(2), fact("incident.days_late", INT), param_read("lost_after"))
        seldom = (self.leaf(NUMBER), const(Fraction(1, 2)), const(_FAR), const(0))
        return self._chance.pick(seldom if flag(self._chance, one_in=4) else wholes)

    def _number(self) -> Expression:
        if flag(self._chance, one_in=12):
            return const(self._chance.pick(_HUGE))
        read: tuple[Expression, ...] = (fact("incident.share", NUMBER), param_read("third", NUMBER))
        return self._chance.pick((*read, const(2), const(Fraction(1, 2))))

    def _sum(self, of: FactType, depth: int) -> Expression:
        forms = ("leaf", "+", "-", "*", "/", "extreme", "negative", "absolute", "up", "down")
        form = self._chance.pick(forms) if depth else "leaf"
        if form == "leaf":
            return self.leaf(of)
        if form == "extreme":
            return self._extreme(of, depth)
        part = self._sum(of, depth - 1)
        step = const(Fraction(1, 4)) if of == NUMBER else Constant(300, MONEY, HERE)
        match form:
            case "+" | "-":
                return arithmetic(part, form, self._sum(of, depth - 1), of)
            case "*":
                return arithmetic(part, "*", self._number(), of)
            case "/":
                return arithmetic(part, "/", self._chance.pick((const(3), const(-7))), of)
            case "negative":
                return Negative(part, of, HERE)
            case "absolute":
                return Absolute(part, of, HERE)
            case _:
                return Rounded("up" if form == "up" else "down", part, step, of, HERE)

    def _duration(self, depth: int) -> Expression:
        match self._chance.pick(("leaf", "waited", "waited", "+", "other")) if depth else "leaf":
            case "waited":
                return arithmetic(self.time(0), "-", self.time(0), DURATION)
            case "+":
                operator: Sign = self._chance.pick(("+", "-"))
                return arithmetic(self.leaf(DURATION), operator, self.leaf(DURATION), DURATION)
            case "other":
                waited = self._duration(0)
                if flag(self._chance):
                    return Negative(waited, DURATION, HERE)
                return Absolute(waited, DURATION, HERE)
            case _:
                return self.leaf(DURATION)

    def _extreme(self, of: FactType, depth: int) -> Expression:
        items = tuple(self.value(of, depth - 1) for _ in range(self._chance.count(2, 3)))
        return Extreme(self._chance.pick(("min", "max")), items, of, HERE)


def _fits(found: FactType, wanted: FactType) -> bool:
    return found == wanted or (found == INT and wanted == NUMBER)
