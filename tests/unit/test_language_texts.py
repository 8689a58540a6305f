"""Texts with placeholders: what they print, and what they may say."""

import pytest

from remedykit.language.syntax import Placeholder, Template
from support.loading import codes, loaded


def text(written: str) -> Template:
    policy = loaded(f"remedies:\n  it: {{part: apology, say: {written}}}\n")
    template = policy.remedies[0].terms.say
    assert template is not None
    return template


def pieces(written: str) -> list[str]:
    return [
        f"<{piece.read.name}|{piece.format}>" if isinstance(piece, Placeholder) else piece
        for piece in text(written).pieces
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("We are sorry.", ["We are sorry."]),
        ('"{incident.trips}"', ["<incident.trips|>"]),
        ('"After {incident.trips} trips."', ["After ", "<incident.trips|>", " trips."]),
        ('"{ incident.trips }{incident.trips}"', ["<incident.trips|>", "<incident.trips|>"]),
        ('"{{as they say}}"', ["{as they say}"]),
        ('"{{{incident.trips}}}"', ["{", "<incident.trips|>", "}"]),
    ],
)
def test_a_text_is_cut_at_its_placeholders(written: str, expected: list[str]) -> None:
    assert pieces(written) == expected


def say(placeholder: str, *, rule: str = "", states: str = "", sections: str = "") -> list[str]:
    kind = f'{{part: apology, {states}say: "It is {placeholder}."}}'
    rules = f"rules:\n  - {{id: r, {rule}, offer: it}}\n" if rule else ""
    return codes(f"{sections}remedies:\n  it: {kind}\n{rules}")


DEFINES = "timezone: UTC\ndefine: {late: {incident.days_late: 3..}, loss: order.total + 1}\n"


@pytest.mark.parametrize(
    ("placeholder", "rule"),
    [
        ("{incident.days_late}", "when: {incident.days_late: 3..}"),
        ("{incident.days_late}", "when: {late: true}"),
        ("{incident.days_late}", "unless: {late: true}"),
        ("{incident.days_late}", "when: {late: {known: true}}"),
        ("{incident.days_late}", "where: incident.days_late > 3"),
        ("{incident.days_late}", "where: late or incident.days_late == 0"),
        ("{incident.days_late}", "where: known(incident.days_late)"),
        ("{late}", "when: {late: false}"),
        ("{loss}", "where: loss > 5"),
        ("{loss}", "when: {order.total: 5..}"),
        ("{order.placed_at:date}", "when: {order.placed_at: {known: true}}"),
    ],
)
def test_a_text_may_print_what_its_rule_makes_known(placeholder: str, rule: str) -> None:
    assert say(placeholder, rule=rule, sections=DEFINES) == []


@pytest.mark.parametrize(
    ("placeholder", "rule"),
    [
        ("{incident.days_late}", "when: {order.total: 5..}"),
        ("{incident.days_late}", "when: {incident.days_late: {known: false}}"),
        ("{incident.days_late}", "when: {any: [{late: true}, {order.total: 5..}]}"),
        ("{incident.days_late}", "where: late or customer.risk_flag"),
        ("{loss}", "when: {order.paid: 5..}"),
    ],
)
def test_a_text_may_not_print_what_its_rule_leaves_open(placeholder: str, rule: str) -> None:
    assert say(placeholder, rule=rule, sections=DEFINES) == ["unknown-in-text"]


def test_a_define_that_is_known_for_other_reasons_makes_no_fact_known() -> None:
    band = "{first: [{when: {incident.days_late: 3..}, value: 1}], else: 1}"
    sections = f"define: {{band: {band}}}\n"

    assert say("{incident.days_late}", rule="where: band == 1", sections=sections) == [
        "unknown-in-text"
    ]


@pytest.mark.parametrize(
    "placeholder", ["{incident.trips}", "{customer.risk_flag}", "{order.currency}", "{limit}"]
)
def test_a_text_may_print_what_is_always_known(placeholder: str) -> None:
    assert say(placeholder, sections="params: {limit: {value: 5}}\n") == []


def test_a_text_may_print_what_its_kind_states() -> None:
    assert say("{incident.days_late}", states="states: {incident.days_late: 3..}, ") == []


def test_a_text_may_print_what_its_kind_needs_unless_it_is_an_entitlement() -> None:
    needs = "needs: {incident.days_late: 3..}, say: 'Day {incident.days_late}.'"
    kind = f"{{part: fix, gives: exchange, value: 5, {needs}}}"
    policy = f"remedies:\n  it: {kind}\nrules:\n  - {{id: r, offer: it}}\n"

    assert codes(policy) == []
    assert codes(policy.replace("offer", "entitle")) == ["unknown-in-text"]


def test_a_rule_that_says_something_else_is_judged_by_what_it_says() -> None:
    kind = "  it: {part: apology, say: 'Day {incident.days_late}.'}\n"
    rules = "rules:\n  - {id: r, offer: {it: {say: We are sorry.}}}\n"

    assert codes(f"remedies:\n{kind}{rules}") == []


GUARDED = (
    "guarded_words: {shipped: incident.carrier_scanned, on its way: incident.carrier_scanned}\n"
)


@pytest.mark.parametrize(
    "claim", ["It was shipped.", "SHIPPED!", "We\\nshipped it.", "It is on its way."]
)
def test_a_word_that_claims_an_event_needs_the_fact(claim: str) -> None:
    kind = f'remedies:\n  it: {{part: apology, say: "{claim}"}}\n'

    assert codes(GUARDED + kind) == ["guarded-word"]


@pytest.mark.parametrize("claim", ["It is shippedlike.", "It is a shipment.", "It is on the way."])
def test_other_words_claim_nothing(claim: str) -> None:
    kind = f'remedies:\n  it: {{part: apology, say: "{claim}"}}\n'

    assert codes(GUARDED + kind) == []


def test_a_kind_that_states_the_fact_may_claim_the_event() -> None:
    kind = "{part: apology, states: {incident.carrier_scanned: true}, say: It was shipped.}"

    assert codes(f"{GUARDED}remedies:\n  it: {kind}\n") == []
