"""Facts that follow from the timeline: how a policy declares them, and where they are known."""

from __future__ import annotations

import json
import pickle
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from remedykit import Decision, InputError, Policy
from remedykit.language.stored_policy import PolicyCodec
from remedykit.language.syntax import (
    Absence,
    CheckedPolicy,
    Constant,
    EventCount,
    EventPattern,
    ParamRead,
)
from remedykit.language.types import BOOL, DURATION, INT, FactDeclaration
from remedykit.model.event import EVENT_FORMS
from support.command_line import run
from support.composing import composed, found_in_folders
from support.loading import found, loaded

KINDS = "remedies:\n  reship: {part: fix, gives: exchange, value: 5, say: We send it again.}\n"
PATIENCE = "params:\n  patience: {value: 48 hours, type: duration}\n"
UNSCANNED = "after: label_created, without: scanned, for: 48 hours"


def pattern(text: str, more: str = "") -> Absence | EventCount:
    """Return the pattern of the one fact of a policy."""
    (declared,) = loaded(f"{more}facts:\n  case.it: {{{text}, means: it}}\n").timeline
    return declared.pattern


def absence(text: str, more: str = "") -> Absence:
    read = pattern(text, more)
    assert isinstance(read, Absence)
    return read


def count(text: str, more: str = "") -> EventCount:
    read = pattern(text, more)
    assert isinstance(read, EventCount)
    return read


# --- declared ------------------------------------------------------------------------------------


def test_what_is_absent_is_a_fact_that_is_true_or_false() -> None:
    policy = loaded(f"facts:\n  case.it: {{{UNSCANNED}, means: not scanned, unit: parcels}}\n")

    assert policy.schema.find("case.it") == FactDeclaration(
        name="case.it", type=BOOL, means="not scanned", unit="parcels", origin="timeline"
    )


def test_what_is_counted_is_a_fact_that_is_a_whole_number_from_0() -> None:
    policy = loaded("facts:\n  case.it: {count: contact, means: it}\n")

    assert policy.schema.find("case.it") == FactDeclaration(
        name="case.it", type=INT, means="it", at_least=Fraction(0), origin="timeline"
    )


def test_facts_of_the_timeline_are_not_among_those_that_are_handed_in() -> None:
    policy = loaded(
        "facts:\n  case.b: {count: trip, means: b}\n  case.c: {type: bool, means: c}\n"
        "  case.a: {count: contact, means: a}\n"
    )

    assert policy.own_facts == ("case.c",)
    assert [each.name for each in policy.timeline] == ["case.a", "case.b"]


def test_rules_defines_tables_and_texts_read_them_like_any_fact() -> None:
    policy = loaded(
        f"facts:\n  case.it: {{{UNSCANNED}, means: it}}\n  case.n: {{count: contact, means: n}}\n"
        "define:\n  often: {case.n: 3..}\n"
        "  band: {first: [[case.it, value], [true, 1], [false, 2]], else: 3}\n"
        "remedies:\n  sorry: {part: apology, say: 'You wrote {case.n} times.'}\n"
        "rules:\n  - {id: a, when: {case.it: true, often: true}, where: band < 2, offer: sorry}\n"
    )

    assert [each.reads for each in policy.defines] == [{"case.it"}, {"case.n"}]


# --- patterns ------------------------------------------------------------------------------------


def test_events_are_a_type_a_list_or_a_map() -> None:
    one = EventPattern(types=("contact",))
    two = EventPattern(types=("contact", "escalated"))

    assert count("count: contact").of == count("count: {event: contact}").of == one
    assert count("count: [escalated, contact]").of == two
    assert count("count: {event: [escalated, contact]}").of == two


def test_a_map_of_events_may_say_party_and_kind() -> None:
    read = count("count: {event: [offer_made, remedy_given], by: seller, kind: reship}", KINDS)

    assert read.of == EventPattern(types=("offer_made", "remedy_given"), by="seller", kind="reship")


def test_how_long_is_a_duration_or_a_param() -> None:
    written = absence(UNSCANNED).lasting
    named = absence(UNSCANNED.replace("48 hours", "patience"), PATIENCE).lasting

    assert isinstance(written, Constant)
    assert (written.value, written.type) == (timedelta(hours=48), DURATION)
    assert isinstance(named, ParamRead)
    assert (named.name, named.type) == ("patience", DURATION)


def test_what_is_not_said_asks_nothing() -> None:
    assert absence(UNSCANNED).same is None
    assert count("count: contact").within is None


def test_a_window_is_read_as_how_long_is() -> None:
    read = count("count: contact, within: 7 days").within

    assert isinstance(read, Constant)
    assert read.value == timedelta(days=7)


@pytest.mark.parametrize(
    ("same", "after", "without"),
    [
        ("parcel", "[label_created, shipped]", "[scanned, delivered, returned]"),
        ("kind", "offer_made", "[offer_accepted, offer_refused, offer_expired, remedy_given]"),
        ("by", "contact", "resolved"),
    ],
)
def test_both_sides_can_agree_in_what_all_their_types_have(
    same: str, after: str, without: str
) -> None:
    text = f"after: {after}, without: {without}, same: {same}, for: 1 days"

    assert absence(text).same == same


def test_every_type_of_events_can_be_named() -> None:
    assert set(count(f"count: [{', '.join(EVENT_FORMS)}]").of.types) == set(EVENT_FORMS)


# --- faults that do not multiply -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("facts:\n  order.it: {count: contact, means: it}\n", "bad-name"),
        ("facts:\n  case.it: {count: contact, type: int, means: it}\n", "mixed-fact"),
        ("facts:\n  case.it: {count: contcat, means: it}\n", "unknown-value"),
        ("facts:\n  case.it: {count: contact, within: 7, means: it}\n", "wrong-cell"),
    ],
)
def test_a_fact_with_a_fault_may_be_read_without_another_report(text: str, code: str) -> None:
    name = "order.it" if "order" in text else "case.it"
    rules = f"rules: [{{id: a, when: {{{name}: 2..}}, todo: call}}]\n"

    assert [each.code for each in found(text + rules)] == [code]


def test_a_param_with_a_fault_is_not_reported_where_a_pattern_names_it() -> None:
    text = f"facts:\n  case.it: {{{UNSCANNED.replace('48 hours', 'patience')}, means: it}}\n"

    reports = found(PATIENCE.replace("48 hours", "48 hrs") + text)
    assert [each.code for each in reports] == ["wrong-cell"]


def test_a_kind_with_a_fault_may_be_named_by_a_pattern() -> None:
    text = "facts:\n  case.it: {count: {event: offer_made, kind: reship}, means: it}\n"

    assert [each.code for each in found(KINDS.replace("value: 5, ", "") + text)] == ["missing-key"]


def test_all_faults_of_a_pattern_are_told_at_once() -> None:
    reports = found(
        "facts:\n  case.it: {after: {event: lable_created, by: me}, without: {event: scaned},"
        " same: order, for: 2 weeks, means: it}\n"
    )

    assert [each.underlined for each in reports] == [
        "lable_created",
        "me",
        "scaned",
        "order",
        "2 weeks",
    ]


# --- with other policies -------------------------------------------------------------------------

HEAD = 'version: "1"\n'
BASE = (
    f"policy: base\n{HEAD}{PATIENCE}facts:\n"
    f"  case.it: {{{UNSCANNED.replace('48 hours', 'patience')}, means: it}}\n"
)
SEALED = f"{BASE}rules:\n  - {{id: late, when: {{case.it: true}}, hand_over: desk, sealed: true}}\n"


def over(own: str, base: str = BASE) -> CheckedPolicy:
    files = {"own/policy.yaml": f"policy: own\n{HEAD}extends: ../base\n{own}"}
    return composed({**files, "base/policy.yaml": base})


def test_a_fact_of_the_base_is_read_below_it() -> None:
    policy = over("rules:\n  - {id: a, when: {case.it: true}, todo: call}\n")

    assert [each.name for each in policy.timeline] == ["case.it"]


def test_a_param_that_is_overridden_changes_the_facts_of_the_base() -> None:
    policy = over("params: {patience: 72 hours}\n")

    assert [each.value for each in policy.params] == [timedelta(hours=72)]
    assert policy.timeline == over("").timeline


def test_a_pattern_may_name_a_kind_of_the_base() -> None:
    text = "facts:\n  case.it: {count: {event: offer_made, kind: reship}, means: it}\n"
    policy = over(text, f"policy: base\n{HEAD}currencies: [USD]\n{KINDS}")

    assert [each.name for each in policy.timeline] == ["case.it"]


@pytest.mark.parametrize(
    "middle", ["", "define:\n  lost: {case.it: true}\n"], ids=["itself", "through a define"]
)
def test_how_long_a_pattern_lasts_that_a_sealed_rule_reads_stays_as_it_is(middle: str) -> None:
    base = SEALED + middle
    if middle:
        base = base.replace("when: {case.it: true}", "when: {lost: true}")
    files = {
        "own/policy.yaml": f"policy: own\n{HEAD}extends: ../base\nparams: {{patience: 9 days}}\n",
        "base/policy.yaml": base,
    }

    (report,) = found_in_folders(files)
    assert report.code == "sealed"
    assert report.message == "`patience` is read by `late`, which is sealed"
    assert report.underlined == "patience"


def test_a_sealed_rule_may_read_facts_that_are_handed_in() -> None:
    base = SEALED.replace("when: {case.it: true}", "when: {case.b: true}").replace(
        "facts:\n", "facts:\n  case.b: {type: bool, means: b}\n"
    )

    assert over("params: {patience: 9 days}\n", base).own_facts == ("case.b",)


# --- kept ----------------------------------------------------------------------------------------


def test_patterns_are_stored_and_read_back_exactly() -> None:
    policy = loaded(
        f"{PATIENCE}{KINDS}facts:\n"
        "  case.a: {after: shipped, without: delivered, same: parcel, for: patience, means: a}\n"
        "  case.b: {count: {event: offer_made, by: shop, kind: reship}, within: 1 days, means: b}\n"
        "  case.c: {count: contact, means: c}\n"
    )
    codec = PolicyCodec.from_classes()

    assert len(policy.timeline) == 3
    assert codec.policy_from_json(codec.policy_to_json(policy, ())) == (policy, ())


# --- decided with --------------------------------------------------------------------------------

DAY_1, DAY_3 = "2026-11-02T12:00:00+00:00", "2026-11-04T12:00:00+00:00"
WAITING = f"""
policy: waiting
version: "1"
currencies: [USD]
facts:
  case.not_scanned: {{{UNSCANNED}, same: parcel, means: not scanned}}
  case.contacts_lately: {{count: contact, within: 7 days, unit: contacts, means: contacts}}
rules:
  - {{id: silent, when: {{case.not_scanned: true}}, hand_over: carrier_desk}}
  - {{id: often, when: {{case.contacts_lately: 2..}}, hand_over: lead}}
"""
INCIDENT = {
    "id": "I-1",
    "kind": "late_delivery",
    "order": {
        "id": "A-1",
        "currency": "USD",
        "placed_at": "2026-11-01T12:00:00+00:00",
        "lines": [{"id": "1", "title": "Lamp", "price": "20.00"}],
    },
}
CUSTOMER = {"id": "C-1"}


def decided(*events: dict[str, str], at: str = DAY_3) -> Decision:
    policy = Policy.from_text(WAITING)
    return policy.decide(
        INCIDENT, CUSTOMER, case={"events": list(events)}, at=datetime.fromisoformat(at)
    )


def label(parcel: str, at: str = DAY_1) -> dict[str, str]:
    return {"type": "label_created", "at": at, "parcel": parcel}


def test_a_decision_reads_what_follows_from_the_events_of_the_case() -> None:
    contacts = [{"type": "contact", "at": at} for at in (DAY_1, DAY_3)]
    decision = decided(label("P"), label("Q"), {**label("P", DAY_3), "type": "scanned"}, *contacts)

    assert {"carrier_desk", "lead"} <= {each.to for each in decision.hand_over}
    facts = {fact.name: fact.value for fact in decision.facts}
    assert facts["case.not_scanned"] is True
    assert facts["case.contacts_lately"] == 2


def test_of_events_that_are_still_to_come_nothing_follows() -> None:
    assert decided(label("P", DAY_3), at=DAY_1) == decided(at=DAY_1)


def test_what_follows_from_the_events_cannot_be_handed_in() -> None:
    policy = Policy.from_text(WAITING)

    with pytest.raises(InputError, match="follows from the events of the case; hand in these"):
        policy.decide(INCIDENT, CUSTOMER, facts={"case.not_scanned": True})


def test_a_decision_is_replayed_with_what_followed_then() -> None:
    decision = decided(label("P"))

    assert Policy.from_text(WAITING).replay(decision) == decision


def test_a_policy_with_patterns_can_be_pickled() -> None:
    policy = pickle.loads(pickle.dumps(Policy.from_text(WAITING)))  # noqa: S301 -- our own
    events = [label("P")]

    at = datetime.fromisoformat(DAY_3)
    decision = policy.decide(INCIDENT, CUSTOMER, case={"events": events}, at=at)
    assert decision == decided(*events)


def test_what_follows_from_the_events_is_not_asked_for() -> None:
    policy = Policy.from_text(WAITING)
    decision = policy.decide(INCIDENT, CUSTOMER, case={"contacts": 1}, at=None)

    assert {"case.not_scanned", "case.contacts_lately"} <= set(decision.open_facts)
    assert "case.not_scanned" not in {each.fact for each in policy.questions(decision)}


def test_the_facts_of_a_policy_say_which_follow_from_the_timeline(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(WAITING, encoding="utf-8")

    listed = run("facts", "--policy", str(tmp_path)).out
    records = json.loads(run("facts", "--policy", str(tmp_path), "--json").out)

    assert "not scanned (from the timeline)" in " ".join(listed.split())
    origins = {record["name"]: record["origin"] for record in records}
    assert origins["case.not_scanned"] == origins["case.contacts_lately"] == "timeline"
    assert "after: label_created" in run("show", str(tmp_path)).out
