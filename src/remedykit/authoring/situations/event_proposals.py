"""What may be added to a timeline to bring one fact of a case nearer to what it should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from remedykit.authoring.situations.event_pieces import Piece, event, with_what_it_answers
from remedykit.authoring.situations.moments import Moments, moved
from remedykit.facts.patterns import PlainMatcher
from remedykit.facts.values import Happening
from remedykit.language.syntax import Absence, CheckedPolicy, EventCount, EventPattern
from remedykit.language.types import Value
from remedykit.model.words import PARTIES, EventType, Party

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_ANY_AMOUNT = 1000  # minor units
# With what somebody is called on to act.
_CALLS: Mapping[Party, tuple[EventType, ...]] = {
    "customer": ("offer_made", "handed_over"),
    "shop": ("contact", "handed_over", "promise_made"),
    "seller": ("seller_asked", "handed_over", "promise_made"),
    "platform": ("escalated", "handed_over", "promise_made"),
    "carrier": ("handed_over", "promise_made"),
}
# Events of which each adds to a count, or changes a truth, and who acts.
_COUNTED: Mapping[str, tuple[tuple[EventType, Party | None], ...]] = {
    "case.contacts": (("contact", "customer"),),
    "case.effort_spent": (("contact", "customer"), ("trip", "customer")),
    "case.escalations": (("escalated", "customer"), ("escalated", "shop")),
    "case.handoffs": (("handed_over", "shop"), ("escalated", "customer")),
    "case.apologies_made": (("apology_made", "shop"),),
    "case.resolved": (("resolved", "shop"),),
}
_USUALLY: tuple[Party, ...] = ("seller", "shop")  # called on where it does not matter who is
_DECIDED = {"granted": True, "denied": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """Proposes pieces of a timeline.

    Attributes:
        wanted: what the facts should be; times among them are kept to.
        now: the moment of decision, or one that stands for it.
        patterns: of the policy's facts that follow from the timeline.
        lengths: of their `for` or `within`.
        kinds: of remedies, the first of which is offered where it does not matter.
    """

    wanted: Mapping[str, Value | None]
    now: datetime
    patterns: Mapping[str, Absence | EventCount]
    lengths: Mapping[str, timedelta]
    kinds: tuple[str, ...]

    @classmethod
    def of(
        cls, policy: CheckedPolicy, wanted: Mapping[str, Value | None], now: datetime
    ) -> Proposals:
        """Return what proposes for a policy."""
        return cls(
            wanted=wanted,
            now=now,
            patterns={each.name: each.pattern for each in policy.timeline},
            lengths=PlainMatcher.of(policy).lengths,
            kinds=tuple(each.name for each in policy.remedies) or ("other",),
        )

    def towards(self, name: str, events: Piece) -> Iterator[Piece]:
        """Yield pieces, of which each may bring a fact nearer to what is wanted.

        Args:
            name: of a fact that is not what it should be.
            events: those there are.
        """
        wanted, pattern = self.wanted[name], self.patterns.get(name)
        adding = _Adding(self, events, self._moments(events))
        match pattern:
            case Absence():
                yield from adding.for_absence(pattern, self.lengths[name], wanted)
            case EventCount(of=of):
                yield from adding.for_count(of, self.lengths.get(name), wanted)
            case None:
                yield from adding.for_fact(name, wanted)

    def _moments(self, events: Piece) -> Moments:
        return Moments(
            now=self.now,
            opened=self._opened(),
            windows=tuple(
                self.lengths[name]
                for name in sorted(self.wanted.keys() & self.lengths.keys())
                if isinstance(self.patterns[name], EventCount)
            ),
            happened=frozenset(each.at for each in events),
        )

    def _opened(self) -> datetime | None:
        """Return when the case is to be opened, if that is wanted and can be."""
        opened, days = (self.wanted.get(f"case.{name}") for name in ("opened_at", "age_days"))
        if isinstance(opened, datetime):
            return opened
        return moved(self.now, -days, _DAY) if isinstance(days, int) else None


@dataclass(frozen=True, slots=True)
class _Adding:
    """Proposes what to add to some events."""

    by: Proposals
    events: Piece
    moments: Moments

    # --- pieces --------------------------------------------------------------------------------

    def _at_times(self, kind_of_event: EventType, *, by: Party | None = None) -> Iterator[Piece]:
        for at in self.moments.whenever():
            yield (event(kind_of_event, at, by=by),)

    def _fitting(
        self, pattern: EventPattern, at: datetime, parcel: int | None = None
    ) -> Iterator[Piece]:
        """Yield an event of each type that a pattern means, as far as such is told of the type."""
        for each in pattern.types:
            kind = pattern.kind or (self.by.kinds[0] if each.startswith("offer_") else None)
            granted = True if each == "claim_decided" else None
            value = _ANY_AMOUNT if each == "expense" else None
            yield with_what_it_answers(
                each,
                at,
                len(self.events),
                by=pattern.by,
                kind=kind,
                value=value,
                granted=granted,
                parcel=parcel,
            )

    # --- the policy's own facts ----------------------------------------------------------------

    def for_absence(
        self, pattern: Absence, lasting: timedelta, wanted: Value | None
    ) -> Iterator[Piece]:
        """Yield what makes an absence true from now on, or over; or leaves open whether it is."""
        parcels = [each.parcel for each in self.events if each.parcel is not None]
        is_parcel = pattern.same == "parcel"
        new = max(parcels, default=-1) + 1 if is_parcel else None
        if wanted is False:
            for at in self.moments.whenever():
                for parcel in dict.fromkeys(parcels) if is_parcel else (None,):
                    yield from self._fitting(pattern.without, at, parcel)
            return
        latest = moved(self.by.now, -1, lasting)
        if latest is None:
            return
        times = {each for each in self.by.wanted.values() if isinstance(each, datetime)}
        for at in (latest, *sorted(each for each in times if each < latest)):
            yield from self._fitting(pattern.after, at, new)
            if wanted is None:
                for piece in self._fitting(pattern.after, at, new):
                    for other in self._fitting(pattern.without, at):
                        yield (*piece, *other)

    def for_count(
        self, pattern: EventPattern, within: timedelta | None, wanted: Value | None
    ) -> Iterator[Piece]:
        """Yield one more of what is counted, the first one just within the time."""
        if wanted is None:
            pattern = replace(pattern, by=None)
        first = None if within is None else self.moments.just_within(within)
        if first is not None:
            yield from self._fitting(pattern, first)
        for at in self.moments.whenever():
            yield from self._fitting(pattern, at)

    # --- facts of every case -------------------------------------------------------------------

    def for_fact(self, name: str, wanted: Value | None) -> Iterator[Piece]:
        """Yield what adds to a count, opens or answers a matter, or lets somebody act."""
        match name, wanted:
            case "case.promises_broken", _:
                yield from self._broken_promises()
            case "case.deviation_level", _:
                yield from self._broken_promises()
                yield from self._answered_offers("offer_expired", self.by.kinds[:1])
            case "case.offers_made", tuple():
                yield from self._offers(wanted)
            case "case.offers_refused", tuple():
                yield from self._answered_offers("offer_refused", wanted)
            case "case.highest_refused", int() | None:
                yield from self._answered_offers("offer_refused", self.by.kinds[:1], wanted)
            case "case.goodwill_to_date", int() | None:
                yield from self._goodwill(wanted)
            case "case.claim", str():
                yield from self._claims(wanted)
            case "case.waiting_on" | "case.hours_waiting", _:
                yield from self._calls()
            case "case.opened_at" | "case.age_days", _:
                yield from self._openings()
            case "incident.carrier_scanned", _:
                yield from self._other_parcels()
            case _:
                for each, by in _COUNTED.get(name, ()):
                    yield from self._at_times(each, by=by)

    def _broken_promises(self) -> Iterator[Piece]:
        waiting_on = self.by.wanted.get("case.waiting_on")
        makers: list[Party] = [each for each in PARTIES if each in ("shop", waiting_on)]
        for at in self.moments.whenever():
            for by in makers:
                made = event("promise_made", at, by=by)
                yield made, replace(event("promise_broken", at, by=by), answers=len(self.events))

    def _offers(self, wanted: tuple[str, ...]) -> Iterator[Piece]:
        there = {each.kind for each in self.events if each.type == "offer_made"}
        for at in self.moments.whenever():
            for kind in wanted:
                if kind not in there:
                    yield (event("offer_made", at, by="shop", kind=kind),)

    def _answered_offers(
        self, answer: EventType, kinds: tuple[str, ...], value: int | None = None
    ) -> Iterator[Piece]:
        refused = self.by.wanted.get("case.offers_refused") or self.by.wanted.get(
            "case.offers_made"
        )
        own = refused if isinstance(refused, tuple) else ()
        for at in self.moments.whenever():
            for kind in dict.fromkeys((*own, *kinds)):
                yield with_what_it_answers(answer, at, len(self.events), kind=kind, value=value)

    def _goodwill(self, wanted: int | None) -> Iterator[Piece]:
        given = [each.value or 0 for each in self.events if each.basis == "goodwill"]
        value = None if wanted is None else wanted - sum(given)
        if value is None or value > 0:
            kind = self.by.kinds[-1]
            for at in self.moments.whenever():
                gift = event("remedy_given", at, by="shop", kind=kind, value=value)
                yield (replace(gift, basis="goodwill"),)

    def _claims(self, wanted: str) -> Iterator[Piece]:
        for at in self.moments.whenever():
            if wanted in _DECIDED:
                granted = _DECIDED[wanted]
                yield with_what_it_answers(
                    "claim_decided", at, len(self.events), by="platform", granted=granted
                )
            else:
                yield (event("claim_filed", at),)

    def _calls(self) -> Iterator[Piece]:
        """Yield what calls on somebody, or with what nobody has to act any more."""
        party, hours = (self.by.wanted.get(f"case.{n}") for n in ("waiting_on", "hours_waiting"))
        if party == "nobody":
            yield from self._at_times("seller_answered")
            for each in PARTIES:
                if each != "customer":
                    yield from self._at_times("contact", by=each)
            return
        times: Iterable[datetime | None] = (
            (moved(self.by.now, -hours, _HOUR),)
            if isinstance(hours, int)
            else self.moments.whenever()
        )
        called: list[Party] = [each for each in PARTIES if each == party]
        for at in filter(None, times):
            for each in called or _USUALLY:
                for kind_of_event in _CALLS[each]:
                    yield (self._call(kind_of_event, at, each),)
            if party is None and "case.waiting_on" in self.by.wanted:
                yield (event("promise_made", at),)

    def _call(self, kind_of_event: EventType, at: datetime, party: Party) -> Happening:
        match kind_of_event:
            case "handed_over":
                return event(kind_of_event, at, by="shop", to=party)
            case "promise_made":
                return event(kind_of_event, at, by=party)
            case "offer_made":
                return event(kind_of_event, at, by="shop", kind=self.by.kinds[0])
            case _:
                return event(kind_of_event, at)

    def _openings(self) -> Iterator[Piece]:
        """Yield with what a case may be opened."""
        opened = self.moments.opened
        if opened is not None:
            yield (event("contact", opened, by="shop"),)
            yield (event("claim_filed", opened, by="shop"),)
            yield (event("contact", opened),)

    def _other_parcels(self) -> Iterator[Piece]:
        """Yield a parcel that the carrier has scanned, and the scan of one that is there."""
        labels = [each for each in self.events if each.type == "label_created"]
        new = max([each.parcel or 0 for each in labels], default=-1) + 1
        for each in labels:
            yield (event("scanned", each.at, parcel=each.parcel),)
            yield (
                event("label_created", each.at, by=each.by, parcel=new),
                event("scanned", each.at, parcel=new),
            )
