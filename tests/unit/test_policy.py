"""The front door: loading, deciding, replaying."""

import pickle
from dataclasses import FrozenInstanceError, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import pytest

from remedykit import Decision, Incident, InputError, Money, Policy, PolicyError
from remedykit.model.base import Fact
from support.tiny_policy import POLICY, TEXT, customer, incident, order


def decide(**facts: object) -> Decision:
    return POLICY.decide(incident(), customer(), facts=facts)


def test_a_decision_has_a_plan_of_all_parts_in_the_order_of_speaking() -> None:
    plan = decide().plan
    assert plan.remedies == ("reship", "sincere", "no_scan", "credit")
    assert plan.message.split("\n") == [
        "We are sorry.",
        "We printed a label on 2 November 2026, but the carrier never scanned it.",
        "We are sending it again today.",
        "Here are 12.00 USD for your next order.",
    ]
    assert plan.value == Money("72.00", "USD")
    assert plan.missing_parts == ()


def test_scores_and_breakdowns_add_up_exactly() -> None:
    decision = decide()
    in_plan = [remedy for remedy in decision.remedies if remedy.in_plan]
    assert sum(remedy.score for remedy in in_plan) == decision.plan.score
    for remedy in decision.remedies:
        assert sum(each.points for each in remedy.breakdown) == remedy.score


def test_words_have_no_value_and_fixes_have_one() -> None:
    values = {remedy.kind: remedy.value for remedy in decide().remedies}
    assert values["sincere"] is None
    assert values["reship"] == Money("60.00", "USD")


def test_plain_dicts_are_accepted_and_give_the_same_bytes() -> None:
    plain = {
        "kind": "lost_package",
        "order": {
            "id": "A-1001",
            "currency": "USD",
            "lines": [
                {
                    "id": "1",
                    "title": "Oak shelf",
                    "price": "35.00",
                    "unit_cost": "21.00",
                    "stock": 4,
                },
                {"id": "2", "title": "Lamp", "price": "25.00", "unit_cost": "15.00", "stock": 9},
            ],
            "label_created_at": "2026-11-03T02:00:00Z",
        },
        "affected": ["1", "2"],
        "days_late": 7,
        "carrier_scanned": False,
    }
    buyer = {"id": "C-7", "tier": "gold", "tenure_years": 4, "incidents_12m": 0}
    assert POLICY.decide(plain, buyer).to_json() == decide().to_json()


def test_a_naive_moment_of_decision_is_refused() -> None:
    with pytest.raises(InputError) as raised:
        POLICY.decide(incident(), customer(), at=datetime(2026, 11, 23))  # noqa: DTZ001 - the fault
    assert raised.value.where == "at"


def test_an_order_in_another_currency_is_refused_by_place() -> None:
    euros = incident(order=order(currency="EUR"))
    with pytest.raises(
        InputError, match=r"^incident\.order\.currency: is EUR; tiny decides in USD$"
    ):
        POLICY.decide(euros, customer())


def test_own_facts_are_read_and_unknown_ones_refused() -> None:
    assert "full_refund" in {remedy.kind for remedy in decide(**{"order.channel": "web"}).remedies}
    withheld = {each.kind: each for each in decide(**{"order.channel": "app"}).withheld}
    assert withheld["full_refund"].rule == "no.app.refund"
    with pytest.raises(InputError, match=r"order\.chanel"):
        decide(**{"order.chanel": "web"})


def test_a_decision_keeps_only_the_facts_that_the_policy_reads() -> None:
    names = tuple(fact.name for fact in decide().facts)
    assert names == POLICY.reads
    assert "customer.id" not in names


def test_an_offer_of_a_kind_that_the_catalogue_does_not_know_is_one_of_something_else() -> None:
    def refused(kind: str) -> Decision:
        offers = [{"kind": kind, "value": "60.00", "status": "refused"}]
        facts = {"order.channel": "web"}
        return POLICY.decide(incident(), customer(), case={"offers": offers}, facts=facts)

    known, unknown = refused("full_refund"), refused("full_refnud")
    assert ("full_refund", "refused") in {(each.kind, each.reason) for each in known.withheld}
    assert "full_refund" in {remedy.kind for remedy in unknown.remedies}
    assert [each.kind for each in unknown.offers] == ["full_refnud"]


def test_a_stored_decision_is_decided_again_to_the_same_bytes() -> None:
    decision = POLICY.decide(
        incident(id="I-1", discovered_at="2026-11-10T10:00:00+01:00", functional_impact="0.35"),
        customer(predicted_ltv="123.45"),
        case={"offers": [{"kind": "full_refund", "value": "60.00", "status": "refused"}]},
        facts={"customer.nickname": "Zoë", "order.channel": "web"},
        at=datetime.fromisoformat("2026-11-23T12:00:00.5Z"),
    )
    stored = Decision.from_json(decision.to_json())
    assert POLICY.replay(stored).to_json() == decision.to_json()


def test_a_decision_of_another_policy_is_not_replayed() -> None:
    other = Policy.from_text(TEXT.replace("value: 5, unit", "value: 6, unit"))
    with pytest.raises(
        InputError, match=r"^decision\.policy\.digest: is [0-9a-f]+ of tiny 1; this is"
    ):
        other.replay(decide())


def test_a_stored_fact_of_a_wrong_type_is_refused_by_name() -> None:
    decision = decide()
    facts = tuple(
        replace(fact, value="many") if fact.name == "incident.days_late" else fact
        for fact in decision.facts
    )
    with pytest.raises(InputError, match=r"^decision\.facts\[incident\.days_late\]: is 'many'"):
        POLICY.replay(replace(decision, facts=facts))


def test_a_stored_fact_that_nobody_declares_is_refused_by_name() -> None:
    decision = decide()
    facts = (*decision.facts, replace(decision.facts[0], name="incident.colour"))
    with pytest.raises(InputError, match=r"^decision\.facts\[incident\.colour\]: is no fact"):
        POLICY.replay(replace(decision, facts=facts))


def test_a_stored_word_that_a_fact_cannot_have_is_refused_by_name() -> None:
    decision = decide()
    facts = tuple(
        replace(fact, value="golden") if fact.name == "customer.tier" else fact
        for fact in decision.facts
    )
    with pytest.raises(InputError, match=r"^decision\.facts\[customer\.tier\]: is 'golden'"):
        POLICY.replay(replace(decision, facts=facts))


def test_a_stored_decision_in_a_currency_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match=r"^decision\.currency: unknown currency 'usd'"):
        POLICY.replay(replace(decide(), currency="usd"))


def test_a_stored_remedy_that_the_policy_does_not_have_is_refused() -> None:
    decision = decide()
    stranger = replace(decision.remedies[0], kind="a_pony\u202e")
    with pytest.raises(
        InputError, match=r"^decision: names a_pony\\u202e, which is no remedy kind"
    ):
        POLICY.why(replace(decision, remedies=(stranger,)))


def test_idempotency_keys_differ_by_incident_kind_of_remedy_and_policy() -> None:
    other = Policy.from_text(TEXT.replace("value: 5, unit", "value: 6, unit"))
    decisions = [
        decide(),
        POLICY.decide(incident(id="I-1"), customer()),
        POLICY.decide(incident(id="I-2"), customer()),
        POLICY.decide(incident(order=order(id="A-1002")), customer()),
        other.decide(incident(), customer()),
    ]
    keys = [remedy.idempotency_key for each in decisions for remedy in each.remedies]
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {32}


def test_an_incident_with_an_id_has_the_same_keys_whatever_else_is_known() -> None:
    one = POLICY.decide(incident(id="I-1"), customer())
    two = POLICY.decide(incident(id="I-1", order=order(id="A-2")), customer(tier="silver"))
    keys = {remedy.kind: remedy.idempotency_key for remedy in two.remedies}
    shared = [remedy for remedy in one.remedies if remedy.kind in keys]
    assert shared
    assert all(remedy.idempotency_key == keys[remedy.kind] for remedy in shared)


def test_hidden_characters_of_facts_are_not_printed() -> None:
    hostile = "\u202eevil\u200b\x1b[31m\nBcc: <b>"
    decision = POLICY.decide(incident(), customer(), facts={"customer.nickname": hostile})
    assert decision.plan.message.startswith("We are sorry, evil[31m Bcc: <b>.")


def test_a_platform_reads_facts_from_its_own_incident() -> None:
    class ShopIncident(Incident):
        warehouse: Annotated[str | None, Fact("where it was packed")] = None

    text = TEXT.replace("incident.kind: lost_package, loyal", "incident.warehouse: north, loyal")
    policy = Policy.from_text(text, incident=ShopIncident)
    known = {name: getattr(incident(), name) for name in Incident.model_fields}
    decision = policy.decide(ShopIncident(**known, warehouse="north"), customer())
    assert "credit" in decision.plan.remedies
    with pytest.raises(PolicyError, match="unknown-fact"):
        Policy.from_text(text)


def test_a_folder_is_read_as_one_policy(tmp_path: Path) -> None:
    head, rules = TEXT.split("rules:\n")
    (tmp_path / "b.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "a.yaml").write_text("rules:\n" + rules, encoding="utf-8")
    assert Policy.load(tmp_path).digest == POLICY.digest


def test_every_fault_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(TEXT.replace("days_late:", "days_lte:"), encoding="utf-8")
    with pytest.raises(PolicyError, match=r"did you mean `incident\.days_late`"):
        Policy.load(tmp_path)
    with pytest.raises(PolicyError, match="no such folder"):
        Policy.load(tmp_path / "missing")


def test_a_text_with_lone_surrogates_is_a_fault_of_the_policy() -> None:
    with pytest.raises(PolicyError):
        Policy.from_text("policy: \ud800")


@pytest.mark.parametrize("name", ["nurtur", "", "..", "../rules/nurture", "/"])
def test_a_policy_that_is_not_shipped_is_refused_with_the_names_that_are(name: str) -> None:
    with pytest.raises(ValueError, match="is shipped, but marketplace, nurture, transactional"):
        Policy.shipped(name)


def test_a_misspelt_shipped_policy_is_suggested() -> None:
    with pytest.raises(ValueError, match="did you mean 'nurture'"):
        Policy.shipped("nurtur")


def test_what_a_policy_says_about_itself() -> None:
    assert (POLICY.name, POLICY.version, POLICY.warnings) == ("tiny", "1", ())
    assert repr(POLICY) == f"<Policy tiny 1 {POLICY.digest[:12]}>"
    assert len(POLICY.digest) == 64
    assert POLICY.schema.find("order.channel") is not None


def test_html_of_a_policy_is_escaped() -> None:
    page = Policy.from_text(TEXT.replace("title: Refund", 'title: "<script>"'))._repr_html_()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_policy_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        POLICY.warnings = ()  # type: ignore[misc]  # that is the point


def test_a_pickled_policy_decides_the_same() -> None:
    copy: Policy = pickle.loads(pickle.dumps(POLICY))  # noqa: S301 - our own bytes
    assert copy.decide(incident(), customer()).to_json() == decide().to_json()


def test_a_shipped_policy_names_its_files_as_they_are_shipped() -> None:
    policy = Policy.shipped("transactional")
    assert {rule.place.file for rule in policy.checked.rules} == {"transactional/rules.yaml"}
