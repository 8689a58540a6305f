"""Remedykit turns an incident and a customer into ranked, explained remedies, by rules."""

from importlib import metadata

from remedykit.errors import InputError, PolicyError, RemedykitError
from remedykit.model.case import Case, Offer
from remedykit.model.customer import Customer
from remedykit.model.decision import Decision
from remedykit.model.event import Event
from remedykit.model.incident import AffectedLine, Incident
from remedykit.model.money import Money
from remedykit.model.order import LineItem, Order
from remedykit.policy import Policy
from remedykit.replaying.replay import Replay, replay

__version__: str

__all__ = [
    "AffectedLine",
    "Case",
    "Customer",
    "Decision",
    "Event",
    "Incident",
    "InputError",
    "LineItem",
    "Money",
    "Offer",
    "Order",
    "Policy",
    "PolicyError",
    "RemedykitError",
    "Replay",
    "__version__",
    "replay",
]


def __getattr__(name: str) -> str:
    # Looked up when asked for: a copy that was not installed has no version, and works.
    if name == "__version__":
        return metadata.version(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
