"""What a decision's JSON looks like, and what is refused when it is read."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from remedykit.errors import InputError
from remedykit.model.decision import Contribution, Decision, FactValue, Plan, PolicyRef, Remedy
from remedykit.model.decision_schema import decision_schema
from remedykit.model.json_codec import shape_of
from remedykit.model.json_text import read_json, write_json
from remedykit.model.money import Money

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "decision.schema.json"

REMEDY = Remedy(
    kind="reship",
    part="fix",
    title="Send it again",
    rank=1,
    rank_in_part=1,
    in_plan=True,
    adequate=True,
    basis="standard",
    value=Money("60.00", "USD"),
    cost=Money("41.50", "USD"),
    cost_is_estimated=False,
    score=Decimal("47.0"),
    breakdown=(
        Contribution("distributive", Decimal("48.2")),
        Contribution("cost", Decimal("-1.2")),
    ),
    assumptions=(),
    resolved_in_days=Fraction(5, 2),
    effort_0_to_5=Fraction(1, 3),
    message="We are sending it again.",
    note="",
    rules=("lost.reship",),
    source=(),
    pays="shop",
    due=None,
    approval=(),
    to_confirm=False,
    choice_of=None,
    idempotency_key="k",
)
DECISION = Decision(
    incident_id="I-1",
    remedies=(REMEDY,),
    plan=Plan(
        remedies=("reship",),
        value=Money("60.00", "USD"),
        cost=Money("41.50", "USD"),
        score=Decimal("47.0"),
        message="We are sending it again.",
        approval=(),
        adequate=True,
        missing_parts=("apology",),
    ),
    withheld=(),
    open_facts=("customer.tier",),
    hand_over=(),
    todo=(),
    overridden_desire=None,
    policy=PolicyRef(name="nurture", version="2026.11", digest="0f"),
    at=None,
    currency="USD",
    facts=(FactValue("customer.name", "<script>Zoë\u202e"), FactValue("customer.tier", None)),
    events=(),
    offers=(),
)


def changed(old: str, new: str) -> str:
    """Return the decision's JSON with one text in it replaced."""
    text = DECISION.to_json()
    assert old in text
    return text.replace(old, new, 1)


def test_numbers_and_money_are_written_exactly() -> None:
    text = DECISION.to_json()
    assert '"score":47.0,"breakdown":[{"name":"distributive","points":48.2}' in text
    assert '"value":{"amount":"60.00","currency":"USD"}' in text
    assert '"resolved_in_days":2.5,"effort_0_to_5":"1/3"' in text


def test_letters_stand_for_themselves() -> None:
    assert "Zoë" in DECISION.to_json()


def test_a_decimal_written_in_another_way_gives_the_same_bytes() -> None:
    other = Contribution("cost", Decimal("-1.20"))
    text = write_json(Decision.to_dict(DECISION))
    assert '{"name":"cost","points":-1.2}' in text
    assert other == REMEDY.breakdown[1]


def test_a_score_finer_than_a_thousandth_is_refused() -> None:
    fine = replace(DECISION, plan=replace(DECISION.plan, score=Decimal("1.25")))
    with pytest.raises(ValueError, match=r"points=1\.25 has more than one decimal place"):
        fine.to_json()


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('"score":47.0', '"score":47', "decision.remedies[0].score: is 47; expected a number with"),
        ('"score":47.0', '"score":4.70', "decision.remedies[0].score: is 4.70; expected a number"),
        ('"score":47.0', '"score":NaN', "decision: NaN is no number"),
        ('"score":47.0', '"score":1e9999999', "decision: 1e9999999 is too long or has an exponent"),
        ('"rank":1', '"rank":' + "1" * 30, "decision: 1111111111"),
        ('"rank":1', '"rank":true', "decision.remedies[0].rank: is true; expected a whole number"),
        ('"in_plan":true', '"in_plan":1', "in_plan: is 1; expected true or false"),
        ('"part":"fix"', '"part":"fixx"', 'part: is "fixx"; expected one of apology, explanation'),
        ('"title":"Send it again"', '"title":null', "title: is null; expected a text"),
        ('"resolved_in_days":2.5', '"resolved_in_days":"2.5"', 'resolved_in_days: is "2.5"'),
        ('"effort_0_to_5":"1/3"', '"effort_0_to_5":"1/0"', 'effort_0_to_5: is "1/0"'),
        ('"effort_0_to_5":"1/3"', '"effort_0_to_5":[]', "effort_0_to_5: is []; expected a number"),
        ('"rules":["lost.reship"]', '"rules":"lost"', 'rules: is "lost"; expected a list'),
        ('"due":null', '"due":"2026-11-23"', 'due: is "2026-11-23"; expected a time such as'),
        ('"due":null', '"due":"soon"', 'due: is "soon"; expected a time such as'),
        ('"due":null', '"due":"2026-11-23T12:00:00"', 'due: is "2026-11-23T12:00:00"; expected'),
        ('"amount":"60.00"', '"amount":60.00', 'value: is {"amount":60.00'),
        ('"amount":"60.00"', '"amount":"sixty"', "decision.remedies[0].value: "),
        ('"kind":"reship",', "", "decision.remedies[0]: has no field `kind`"),
        ('"kind":"reship",', '"kind":"a","colour":1,', 'has an unknown field "colour"'),
        ('"kind":"reship",', '"kind":"a","kind":"a",', 'the key "kind" stands twice'),
        ('"value":null', '"value":1.5', "decision.facts[1].value: is 1.5; expected true, false"),
        ('"value":null', '"value":["a",1]', "decision.facts[1].value[1]: is 1; expected a text"),
        ('"schema_version":1', '"schema_version":2', "decision.schema_version: is 2; expected 1"),
        (
            '"schema_version":1',
            '"schema_version":1,"questions":1',
            "decision.questions: is 1; expected",
        ),
    ],
)
def test_json_that_is_no_decision_is_refused_by_place(old: str, new: str, error: str) -> None:
    with pytest.raises(InputError) as raised:
        Decision.from_json(changed(old, new))
    assert error in str(raised.value)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "decision: is not JSON: Expecting value"),
        ("[1", "decision: is not JSON"),
        ("[]", "decision: is []; expected an object"),
        ("[" * 100_000, "decision: is nested too deeply"),
        ('"' + "x" * (16 * 1024 * 1024) + '"', "decision: has 16777218 characters"),
    ],
)
def test_text_that_is_no_object_is_refused(text: str, error: str) -> None:
    with pytest.raises(InputError) as raised:
        Decision.from_json(text)
    assert str(raised.value).startswith(error)


def test_an_offset_other_than_z_is_refused_for_it_is_not_canonical() -> None:
    with pytest.raises(InputError, match="expected a time such as 2026-11-23T12:00:00Z"):
        Decision.from_json(changed('"due":null', '"due":"2026-11-23T12:00:00+01:00"'))


def test_the_committed_schema_is_current() -> None:
    """If not, run tools/write_decision_schema.py and read the diff."""
    expected = json.dumps(json.loads(write_json(decision_schema())), indent=2) + "\n"
    assert SCHEMA_FILE.read_text(encoding="utf-8") == expected


def test_a_type_without_a_json_form_is_a_fault_of_the_code() -> None:
    with pytest.raises(TypeError, match="has no JSON form"):
        shape_of(float)


def test_reading_gives_exact_numbers() -> None:
    assert read_json("[0.10, 3]", "text") == [Decimal("0.10"), 3]


def test_html_shows_facts_of_nobody_and_no_hidden_characters() -> None:
    page = DECISION._repr_html_()
    assert "Zoë" not in page
    assert "<td>Send it again</td>" in page
    assert "customer.tier" in page


def test_rows_are_flat_and_exact() -> None:
    (row,) = DECISION.to_rows()
    assert row["value"] == Decimal("60.00")
    assert row["resolved_in_days"] == Decimal("2.5")
    assert row["effort_0_to_5"] == "1/3"
    assert row["rules"] == "lost.reship"
