"""The checked policy: the tree that engines, effects and ranking read.

Every name in it was resolved and every type checked by the loader; who walks it need not check
again. Conditions are expressions of type bool. All sequences that come from unordered sections
are sorted by name, so the tree does not depend on the order of files, sections or rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from remedykit.diagnostics import Place
from remedykit.language.types import FactType, Schema, Value
from remedykit.model.words import Basis, EventType, Explains, Gives, Part, Party, Resource

# --- reading names -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactRead:
    """The value of a fact."""

    name: str
    type: FactType
    place: Place


@dataclass(frozen=True, slots=True)
class DefineRead:
    """The value of a define."""

    name: str
    type: FactType
    place: Place


@dataclass(frozen=True, slots=True)
class ParamRead:
    """The value of a param (of the decision's currency, where it has one a currency)."""

    name: str
    type: FactType
    place: Place


@dataclass(frozen=True, slots=True)
class RemedyRead:
    """A property of the remedy at hand: `name` is such as ``remedy.value``; see effects."""

    name: str
    type: FactType
    place: Place


Subject = FactRead | DefineRead | RemedyRead

# --- tests on one subject ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EqualTo:
    """The subject equals a value."""

    operand: Constant | ParamRead


@dataclass(frozen=True, slots=True)
class Between:
    """The subject lies between two ends; a missing end is open to infinity."""

    low: Constant | ParamRead | None
    high: Constant | ParamRead | None
    low_excluded: bool = False
    high_excluded: bool = False


@dataclass(frozen=True, slots=True)
class MemberOf:
    """The subject is one of the texts of a list param (a list subject: contains one of them)."""

    param: ParamRead


@dataclass(frozen=True, slots=True)
class Contains:
    """The subject, a list, contains a word."""

    word: str


@dataclass(frozen=True, slots=True)
class KnownTest:
    """The subject is known (or, with ``expected=False``, is not); itself never unknown."""

    expected: bool


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one of the tests holds."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the tests hold."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class NotTest:
    """The test does not hold."""

    test: Test


Test = EqualTo | Between | MemberOf | Contains | KnownTest | OneOf | AllOf | NotTest

# --- expressions -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant written in the policy."""

    value: Value
    type: FactType
    place: Place


@dataclass(frozen=True, slots=True)
class Tested:
    """A test on a subject: the atom of `when`, `unless`, `needs` and `states`."""

    subject: Subject
    test: Test
    place: Place


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; without parts it is true."""

    parts: tuple[Expression, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds; without parts it is false."""

    parts: tuple[Expression, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two values of one type; a chain is an `And` of these."""

    op: Literal["<", "<=", ">", ">=", "==", "!="]
    left: Expression
    right: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class In:
    """A text is one of the texts of a list: a list fact, a list param, or words written out."""

    item: Expression
    members: Expression  # of type texts
    place: Place


@dataclass(frozen=True, slots=True)
class IsKnown:
    """``known(x)``: never unknown itself."""

    subject: FactRead | DefineRead
    place: Place


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers, amounts or times combined; `/` divides by a constant that is not 0."""

    op: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression
    type: FactType
    place: Place


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus a number, an amount or a duration."""

    operand: Expression
    type: FactType
    place: Place


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least or the greatest of some values of one type."""

    op: Literal["min", "max"]
    items: tuple[Expression, ...]
    type: FactType
    place: Place


@dataclass(frozen=True, slots=True)
class Absolute:
    """``abs(x)``."""

    operand: Expression
    type: FactType
    place: Place


@dataclass(frozen=True, slots=True)
class Rounded:
    """``round_up(x, step)`` and ``round_down(x, step)``: to a multiple of a positive constant."""

    direction: Literal["up", "down"]
    operand: Expression
    step: Expression
    type: FactType
    place: Place


TimeUnit = Literal["days", "hours", "working_days"]


@dataclass(frozen=True, slots=True)
class Shifted:
    """``time + days(n)`` keeps the local time of day; ``time + hours(n)`` is exact.

    ``time + working_days(n, calendar)`` keeps the time of day on the n-th working day after that
    of `time`; no days change nothing. Beyond the calendar the result is unknown.

    `sign` is 1 or -1; `count` is a number (but for hours a whole one, else the result is unknown).
    `calendar` names one of the policy's calendars where the unit is working days.
    """

    time: Expression
    sign: Literal[1, -1]
    count: Expression
    unit: TimeUnit
    place: Place
    calendar: str | None = None


Expression = (
    Constant
    | FactRead
    | DefineRead
    | ParamRead
    | RemedyRead
    | Tested
    | And
    | Or
    | Not
    | Compare
    | In
    | IsKnown
    | Arithmetic
    | Negative
    | Extreme
    | Absolute
    | Rounded
    | Shifted
)

# --- calendars, params and defines -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day without work; `name` may be empty."""

    day: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are working days; at least one is.

    Attributes:
        first: the first day that it tells about.
        last: the last one; of days before `first` and after `last` nothing is known.
        weekend: weekdays without work, ascending, as `date.weekday` counts them: 0 is Monday.
        holidays: ascending, from `first` to `last`; some may fall on a weekend.
        source: where it comes from.
        place: where its last day is written.
    """

    name: str
    first: date
    last: date
    weekend: tuple[int, ...]
    holidays: tuple[Holiday, ...]
    source: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A named constant.

    Attributes:
        value: the constant; ``None`` where it has one a currency.
        by_currency: pairs of currency and amount in that currency's minor units.
    """

    name: str
    type: FactType
    value: Value | None
    by_currency: tuple[tuple[str, int], ...] = ()
    unit: str = ""
    why: str = ""
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cases: where the condition holds, the value."""

    when: Expression
    value: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Cases:
    """A value chosen by rows: `first` takes the first match, the others combine all matches.

    `otherwise` is the value where no row matches; for ``sum`` and ``count`` it is 0 unless said.
    """

    op: Literal["first", "unique", "sum", "max", "min", "count"]
    rows: tuple[Row, ...]
    otherwise: Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Define:
    """A named intermediate result; `reads` are the names of facts it reads, also through others."""

    name: str
    type: FactType
    body: Expression | Cases
    reads: frozenset[str]
    degree: int  # 0: constant, 1: linear in facts, 2: multiplies two facts
    place: Place


# --- facts that follow from the timeline -------------------------------------------------------

Same = Literal["parcel", "kind", "by"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPattern:
    """Which events are meant: those of some types; of one party and one remedy kind where said."""

    types: tuple[EventType, ...]
    by: Party | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """``after`` A, ``without`` B, ``for`` some time: A happened, no B since, and that long ago.

    True from `lasting` after an event A (that instant included) until an event B that is not
    before A: one that agrees with A in the field `same`, where that is said.
    """

    after: EventPattern
    without: EventPattern
    same: Same | None
    lasting: Constant | ParamRead


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCount:
    """How many events there were, in all or `within` some time up to the moment of decision.

    An event leaves the window `within` after it happened: at that instant it counts no more.
    """

    of: EventPattern
    within: Constant | ParamRead | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFact:
    """A fact of the policy's own that nobody hands in: it follows from the case's timeline."""

    name: str
    pattern: Absence | EventCount
    place: Place


# --- texts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A fact, define or param printed in a text; `format` is empty or such as ``date``."""

    read: FactRead | DefineRead | ParamRead | RemedyRead
    format: str


@dataclass(frozen=True, slots=True)
class Template:
    """A text with placeholders: literal pieces and placeholders in their order."""

    pieces: tuple[str | Placeholder, ...]
    place: Place


# --- the catalogue -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Apology:
    """What an apology consists of (DOMAIN F10)."""

    responsibility: bool = False
    regret: bool = False
    repentance: bool = False
    named_owner: bool = False
    empathy: bool = False
    repair_offer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a remedy kind brings and costs; a rule may override any of it.

    Attributes:
        value: worth to the customer, an amount; ``None`` for words.
        cost: cost to who pays, an amount; ``None`` counts as 0 for words, as the value otherwise.
        resolved_in_days: days until it has taken effect.
        effort_0_to_5: the customer's effort.
        say: to the customer.
        pays: who pays.
        due: until when it must be done.
        measure_params: the params that `resolved_in_days` and `effort_0_to_5` are taken from.
    """

    value: Expression | None = None
    cost: Expression | None = None
    resolved_in_days: Fraction | None = None
    effort_0_to_5: Fraction | None = None
    say: Template | None = None
    pays: str | None = None
    due: Expression | None = None
    measure_params: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyKind:
    """An entry of the catalogue. `group` is never empty: a kind without one is its own group."""

    name: str
    part: Part
    title: str
    gives: Gives
    restores: bool
    needs: Expression
    states: Expression
    group: str
    basis: Literal["standard", "goodwill"]
    terms: Terms
    note: Template | None
    apology: Apology | None
    explains: Explains | None
    place: Place


# --- rules and limits --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Selector:
    """Which remedies an effect is about: some kinds, or of these those of one basis."""

    kinds: frozenset[str]
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A remedy kind with the terms that this rule overrides (``None``: the catalogue's)."""

    kind: str
    overrides: Terms
    place: Place


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer remedies; `basis` overrides the catalogue's."""

    outcomes: tuple[Outcome, ...]
    basis: Literal["standard", "goodwill"] | None = None


@dataclass(frozen=True, slots=True)
class Entitle:
    """The customer has a right to these remedies."""

    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Forbid:
    """Never offer these."""

    of: Selector


@dataclass(frozen=True, slots=True)
class Adjust:
    """Add points to the score of these (-20 to 20; 10 thousandths each)."""

    of: Selector
    points: int


@dataclass(frozen=True, slots=True)
class AskApproval:
    """These need the approval of a role."""

    of: Selector
    by: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """A person or desk must take the incident."""

    to: str


@dataclass(frozen=True, slots=True)
class Todo:
    """The merchant's own work, never shown to the customer."""

    tasks: tuple[str, ...]


Effect = Offer | Entitle | Forbid | Adjust | AskApproval | HandOver | Todo


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition and an effect.

    `condition` reads facts and is decided by the engine; `remedy_condition` holds the tests on
    ``remedy.*`` and is decided by the effects for each remedy. Both must hold.
    """

    id: str
    condition: Expression
    remedy_condition: Expression
    effect: Effect
    because: Template | None
    source: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A cap on the total value of the selected remedies in a plan."""

    id: str
    of: Selector
    condition: Expression
    remedy_condition: Expression
    at_most: Expression
    over: Literal["reduce", "withhold"]
    why: str
    place: Place


# --- ranking -----------------------------------------------------------------------------------

MatchTable = tuple[tuple[Resource, tuple[tuple[Gives, int], ...]], ...]  # (lost, (given, ‰))
Curve = tuple[tuple[Fraction, int], ...]  # (x, thousandths), x ascending; flat beyond the ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights in thousandths: distributive, interactional, procedural justice, cost and risk."""

    distributive: int
    interactional: int
    procedural: int
    cost: int
    risk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyWeights:
    """What makes an apology good, in thousandths.

    Attributes:
        empathy: weight of empathy.
        intensity: weight of intensity, which is the sum of the four parts below.
        timely: weight of a timely apology.
        responsibility: share of intensity of saying that it was our fault.
        regret: share of intensity of regret.
        repentance: share of intensity of promising that it will not happen again.
        named_owner: share of intensity of naming who takes care of it.
    """

    empathy: int
    intensity: int
    timely: int
    responsibility: int
    regret: int
    repentance: int
    named_owner: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How a policy scores; every number is documented in ``docs/ranking.md``.

    Attributes:
        match: thousandths by (lost, given).
        reject: share of loss (thousandths) to satisfaction, when the flawed offer is given up.
        accept: the same, when the customer keeps what there is.
        speed: days to thousandths.
        effort: effort (0 to 5) to thousandths.
        apology: what makes an apology good.
        explains: how adequate an explanation is, in thousandths, by what it explains.
        explanation_share: the thousandths of an apology's worth that hang on the explanation.
        perk_gain_mixed: thousandths of a perk's worth that count where the recovery was mixed:
            slow but apologised for, or fast without an apology.
        perk_gain_plain: the same where it was fast and apologised for, or neither.
        loss: the define that gives the loss, or ``None`` for the built-in one.
        risk: the define that gives the risk (0 to 1000), or ``None``.
        perk_when: the define that must be definitely true for a perk, or ``None`` for always.
        trip_cost: what one trip of the customer counts as.
        small_loss: stands in for a loss of 0 or unknown.
        assumed_order_total: stands in for an unknown order total.
        assumed_lifetime_value: stands in for an unknown predicted lifetime value.
    """

    objective: Literal["resolve", "retain"]
    weights: Weights
    match: MatchTable
    reject: Curve
    accept: Curve
    speed: Curve
    effort: Curve
    apology: ApologyWeights
    explains: tuple[tuple[Explains, int], ...]
    explanation_share: int
    perk_gain_mixed: int
    perk_gain_plain: int
    loss: str | None = None
    risk: str | None = None
    perk_when: str | None = None
    desired_first: bool = False
    trip_cost: Expression | None = None
    small_loss: Expression | None = None
    assumed_order_total: Expression | None = None
    assumed_lifetime_value: Expression | None = None


# --- the whole ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPolicy:
    """A policy that was read, resolved and checked.

    Attributes:
        schema: the facts of the models and of the policy together.
        own_facts: the names of the facts that the policy declares itself and that are handed in.
        timeline: those that it declares and that follow from the case's timeline, sorted by name.
        calendars: sorted by name.
        defines: in an order in which each reads only those before it.
        remedies: sorted by name.
        rules: sorted by id.
        limits: sorted by id.
        digest: SHA-256 (hexadecimal) of the policy in canonical form; see `canonical`.
    """

    name: str
    version: str
    currencies: tuple[str, ...]
    timezone: str | None
    covers: tuple[Part, ...]
    schema: Schema
    own_facts: tuple[str, ...]
    params: tuple[Param, ...]
    defines: tuple[Define, ...]
    remedies: tuple[RemedyKind, ...]
    rules: tuple[Rule, ...]
    limits: tuple[Limit, ...]
    ranking: Ranking
    calendars: tuple[Calendar, ...] = ()
    timeline: tuple[TimelineFact, ...] = ()
    digest: str = ""
