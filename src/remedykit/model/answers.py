"""What an answer answers: offers, promises and claims, found by what the answer says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from types import MappingProxyType

from remedykit.model.event import Event
from remedykit.model.exact import shown
from remedykit.model.money import Money
from remedykit.model.words import EventType

# What an answer answers. A remedy may be given without having been offered.
ANSWERED: Mapping[EventType, EventType] = MappingProxyType(
    {
        "offer_refused": "offer_made",
        "offer_accepted": "offer_made",
        "offer_expired": "offer_made",
        "remedy_given": "offer_made",
        "promise_kept": "promise_made",
        "promise_broken": "promise_made",
        "claim_decided": "claim_filed",
    }
)
MATTERS: Mapping[EventType, str] = MappingProxyType(
    {"offer_made": "offer", "promise_made": "promise", "claim_filed": "claim"}
)
_ANY = ("any",)  # equal to no party, no kind and no amount


def differences(answer: Event, subject: Event) -> list[str]:
    """Return the names of the fields in which an answer says another thing than what it answers."""
    if subject.type == "promise_made":  # it is kept, or not, by who has made it
        makers = {each.by for each in (answer, subject) if each.by is not None}
        return ["by"] if len(makers) > 1 else []
    found: list[str] = []
    if answer.kind is not None and answer.kind != subject.kind:
        found.append("kind")
    told, made = (_amount(each) for each in (answer, subject))
    if subject.type == "offer_made" and _ANY not in (told, made) and told != made:
        found.append("value")  # a claim may be decided otherwise than it was filed
    return found


def said(event: Event, field: str) -> str:
    """Return what an event says of its kind, its value or who acted, as messages show it."""
    told = {"by": event.by, "kind": event.kind, "value": event.value}[field]
    return str(told) if isinstance(told, Money) else shown(told)


class OpenMatters:
    """Offers, promises or claims to which an answer may come, found by what the answer says."""

    def __init__(self) -> None:
        self._by_words: dict[tuple[object, object], dict[int, None]] = {}

    def add(self, number: int, event: Event) -> None:
        """Add an event by its number."""
        for words in _words(event):
            self._by_words.setdefault(words, {})[number] = None

    def remove(self, number: int, event: Event) -> bool:
        """Take one out; return whether it was there."""
        found = [self._by_words.get(words, {}) for words in _words(event)]
        was_there = number in found[0]
        for numbers in found:
            numbers.pop(number, None)
        return was_there

    def agreeing(self, answer: Event) -> tuple[int, ...]:
        """Return the one that agrees with an answer, as far as the answer says; at most two."""
        return tuple(islice(self._agreeing(answer), 2))

    def first_two(self) -> tuple[int, ...]:
        """Return those that were added first, whatever they are; at most two."""
        return tuple(islice(self._by_words.get((_ANY, _ANY), {}), 2))

    def _agreeing(self, answer: Event) -> Iterator[int]:
        for words in _wanted(answer):
            yield from self._by_words.get(words, {})


def _wanted(answer: Event) -> Iterator[tuple[object, object]]:
    """Yield the words of what may be answered; what is unknown of it may be what is said."""
    if ANSWERED[answer.type] == "promise_made":
        makers = (_ANY,) if answer.by is None else (answer.by, None)
        yield from product(makers, (_ANY,))
        return
    kind = _ANY if answer.kind is None else answer.kind
    value = _ANY if answer.type == "claim_decided" else _amount(answer)
    yield from product((kind,), (value,) if value is _ANY else (value, None))


def _words(event: Event) -> tuple[tuple[object, object], ...]:
    """Return everything that an answer to an event can say of it."""
    first = event.by if event.type == "promise_made" else event.kind
    value = None if event.value is None else _amount(event)
    return tuple(product((first, _ANY), (value, _ANY)))


def _amount(event: Event) -> object:
    match event.value:
        case None:
            return _ANY
        case Money(amount=amount):
            return amount
        case number:
            return number
