"""What a scenario expects of a decision, as data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from remedykit.model.words import WithheldReason

NONE = "none"  # what an author writes where there must be none


@dataclass(frozen=True, slots=True)
class ExpectedReason:
    """A kind that must be withheld, and the reason."""

    kind: str
    reason: WithheldReason


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """What a kind must be worth; in the currency of the decision where `currency` is empty."""

    kind: str
    amount: Decimal
    currency: str = ""

    def __str__(self) -> str:
        """Return the amount, with its currency if one was named."""
        return f"{self.amount} {self.currency}".rstrip()


@dataclass(frozen=True, slots=True)
class ExpectedText:
    """What the message of a kind must say: all of it where `whole`, else a part."""

    kind: str
    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedApproval:
    """The roles that must approve a kind, and no others; none where there are none."""

    kind: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedPayer:
    """Who must pay for a kind."""

    kind: str
    payer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a decision must show; what is ``None``, empty or false is not looked at.

    Attributes:
        first: the fix that must come first among the fixes.
        order: kinds that must be offered, ranked in this order, with others between them or not.
        plan: the kinds that must stand in the plan, and no others; in any order.
        offers: kinds that must be offered, in the plan or as an alternative.
        not_offered: kinds that must not be offered, whether withheld or never claimed.
        withheld: kinds that must be withheld, with the reason.
        asks: facts that must be among the questions; an empty tuple: there must be no question.
        value: what kinds must be worth.
        says: what messages must say.
        approval: who must approve.
        pays: who must pay.
        hand_over: to whom the incident must be handed over, and to nobody else.
        todo: the merchant's own work, and no other.
        nothing: nothing at all must be offered.
    """

    first: str | None = None
    order: tuple[str, ...] = ()
    plan: tuple[str, ...] | None = None
    offers: tuple[str, ...] = ()
    not_offered: tuple[str, ...] = ()
    withheld: tuple[ExpectedReason, ...] = ()
    asks: tuple[str, ...] | None = None
    value: tuple[ExpectedValue, ...] = ()
    says: tuple[ExpectedText, ...] = ()
    approval: tuple[ExpectedApproval, ...] = ()
    pays: tuple[ExpectedPayer, ...] = ()
    hand_over: tuple[str, ...] | None = None
    todo: tuple[str, ...] | None = None
    nothing: bool = False
