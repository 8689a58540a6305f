"""What time alone will change in a decision, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remedykit.model.json_codec import shape_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """An instant at which a decision comes out otherwise if nothing else happens.

    The first instant at which it does: a microsecond before, it comes out as before.

    Attributes:
        at: the instant, in UTC.
        because: what passes then, in words, such as ``48 hours since the customer asked the
            seller``; several are parted by a semicolon.
        offers: remedy kinds that are offered from then on, sorted.
        withdraws: remedy kinds that are no longer offered, sorted.
        plan: the kinds of the plan then.
        changes: what else is different, in the words of `Answer.changes`; and the merchant's own
            work that comes or goes, such as ``todo carrier_claim`` or ``no todo remind_seller``.
    """

    at: datetime
    because: str
    offers: tuple[str, ...]
    withdraws: tuple[str, ...]
    plan: tuple[str, ...]
    changes: tuple[str, ...]


UPCOMING_SHAPE = shape_of(tuple[Upcoming, ...])
