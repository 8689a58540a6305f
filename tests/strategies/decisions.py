"""Hypothesis strategies for decisions of every shape, drawn from small pools."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from remedykit.model.decision import (
    Answer,
    Contribution,
    Decision,
    FactValue,
    HandOver,
    PastOffer,
    Plan,
    PolicyRef,
    Question,
    Remedy,
    Withheld,
)
from remedykit.model.money import Money
from remedykit.model.past_event import PastEvent
from remedykit.model.words import BASES, EVENT_TYPES, PARTIES, PARTS, WithheldReason

texts = st.one_of(
    st.sampled_from(["", "gold", "<script>", "\u202eab\u200b", 'say "no"\\', "Zürich\n火"]),
    st.text(max_size=8),
)
names = st.sampled_from(["reship", "refund", "sincere", "a.b"])
many_names = st.lists(names, max_size=3).map(tuple)
points = st.integers(-9999, 9999).map(lambda tenths: Decimal(tenths).scaleb(-1))
moments = st.datetimes(timezones=st.just(UTC))
fractions = st.one_of(
    st.sampled_from(
        [Fraction(0), Fraction(1, 3), Fraction(5, 2), Fraction(1, 8), Fraction(-7, 20)]
    ),
    st.fractions(min_value=0, max_value=100, max_denominator=50),
)
amounts = st.builds(
    lambda cents, currency: Money(Decimal(cents).scaleb(-2), currency),
    st.integers(0, 100_000),
    st.sampled_from(["USD", "EUR"]),
)
plain_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    texts,
    st.lists(texts, max_size=2).map(tuple),
)
remedies = st.builds(
    Remedy,
    kind=names,
    part=st.sampled_from(PARTS),
    title=texts,
    rank=st.integers(1, 9),
    rank_in_part=st.integers(1, 9),
    in_plan=st.booleans(),
    adequate=st.booleans(),
    basis=st.sampled_from(BASES),
    value=st.none() | amounts,
    cost=amounts,
    cost_is_estimated=st.booleans(),
    score=points,
    breakdown=st.lists(st.builds(Contribution, names, points), max_size=2).map(tuple),
    assumptions=many_names,
    resolved_in_days=fractions,
    effort_0_to_5=fractions,
    message=texts,
    note=texts,
    rules=many_names,
    source=many_names,
    pays=names,
    due=st.none() | moments,
    approval=many_names,
    to_confirm=st.booleans(),
    choice_of=st.none() | names,
    idempotency_key=names,
)
plans = st.builds(
    Plan,
    remedies=many_names,
    value=amounts,
    cost=amounts,
    score=points,
    message=texts,
    approval=many_names,
    adequate=st.booleans(),
    missing_parts=st.lists(st.sampled_from(PARTS), max_size=2).map(tuple),
)
withheld_reasons: st.SearchStrategy[WithheldReason] = st.sampled_from(["needs_fact", "forbidden"])
past_events = st.builds(
    PastEvent,
    type=st.sampled_from(EVENT_TYPES),
    at=moments,
    by=st.none() | st.sampled_from(PARTIES),
    to=st.none() | st.sampled_from(PARTIES),
    answers=st.none() | st.integers(-1, 9),
    kind=st.none() | texts,
    value=st.none() | amounts,
    basis=st.none() | st.sampled_from(BASES),
    due=st.none() | moments,
    parcel=st.none() | st.integers(0, 9),
    hours=st.none() | fractions,
    granted=st.none() | st.booleans(),
)
decisions = st.builds(
    Decision,
    incident_id=st.none() | texts,
    remedies=st.lists(remedies, max_size=2).map(tuple),
    plan=plans,
    withheld=st.lists(
        st.builds(
            Withheld,
            kind=names,
            part=st.sampled_from(PARTS),
            reason=withheld_reasons,
            rule=names,
            facts=many_names,
        ),
        max_size=2,
    ).map(tuple),
    open_facts=many_names,
    hand_over=st.lists(st.builds(HandOver, to=names, reason=names, rule=names), max_size=2).map(
        tuple
    ),
    todo=many_names,
    overridden_desire=st.none() | names,
    policy=st.builds(PolicyRef, name=names, version=texts, digest=names),
    at=st.none() | moments,
    currency=st.sampled_from(["USD", "EUR"]),
    facts=st.lists(st.builds(FactValue, names, plain_values), max_size=3).map(tuple),
    offers=st.lists(st.builds(PastOffer, names, st.none() | amounts, names), max_size=2).map(tuple),
    events=st.none() | st.lists(past_events, max_size=2).map(tuple),
)
questions = st.lists(
    st.builds(
        Question,
        fact=names,
        means=texts,
        unlocks=many_names,
        answers=st.lists(
            st.builds(Answer, texts, many_names, many_names, many_names, many_names), max_size=2
        ).map(tuple),
    ),
    max_size=2,
).map(tuple)
