"""A decision written out: points, texts, kept facts and keys."""

import hashlib
from decimal import Decimal, localcontext

import pytest

from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.messages import rendered
from remedykit.explain.printing import Style
from remedykit.explain.writing import points
from remedykit.facts.values import Facts
from remedykit.language.syntax import Placeholder, RemedyRead, Template
from remedykit.language.types import MONEY
from remedykit.model.json_text import write_json
from support.build import HERE, policy
from support.tiny_policy import POLICY, customer, incident

STYLE = Style.of(policy(), "USD")
NOTHING_KNOWN = ReferenceEvaluation(policy(), Facts({}, "USD"))


@pytest.mark.parametrize(
    ("thousandths", "text"),
    [
        (0, "0.0"),
        (7, "0.7"),
        (-7, "-0.7"),
        (266, "26.6"),
        (1_000, "100.0"),
        (1_001, "100.1"),
        (-1_000, "-100.0"),
        (-1_001, "-100.1"),
        (123_456_789, "12345678.9"),
    ],
)
def test_points_have_one_decimal_whatever_the_context(thousandths: int, text: str) -> None:
    with localcontext() as context:
        context.prec = 2
        written = points(thousandths)
    assert written.as_tuple() == Decimal(text).as_tuple()


def template(*pieces: str | Placeholder) -> Template:
    return Template(pieces, HERE)


WORTH = Placeholder(RemedyRead("remedy.value", MONEY, HERE), "")


def test_a_text_without_placeholders_is_said_as_it_stands_without_blanks_around_it() -> None:
    assert rendered(template(" We are\nsorry. \n"), NOTHING_KNOWN, STYLE) == "We are\nsorry."
    assert rendered(None, NOTHING_KNOWN, STYLE) == ""


def test_a_text_about_a_remedy_prints_its_value() -> None:
    text = template("You get ", WORTH, " back.")
    assert rendered(text, NOTHING_KNOWN, STYLE, worth=3500) == "You get 35.00 USD back."
    assert rendered(text, NOTHING_KNOWN, STYLE) == ""


def test_a_hidden_name_is_not_printed() -> None:
    hidden = frozenset({"remedy.value"})
    shown = rendered(template("It is ", WORTH), NOTHING_KNOWN, STYLE, worth=1, hidden=hidden)
    assert shown == "It is (personal)"


@pytest.mark.parametrize("named", ["I-1", 'I "1", \\', "Zoë 火", "\u202e\u200b", None])
def test_a_key_is_the_hash_of_incident_kind_of_remedy_and_policy(named: str | None) -> None:
    decision = POLICY.decide(incident(id=named), customer())
    own = ["order.id", incident().order.id] if named is None else ["incident.id", named]
    for remedy in decision.remedies:
        text = write_json([*own, incident().kind, remedy.kind, POLICY.digest])
        assert remedy.idempotency_key == hashlib.sha256(text.encode()).hexdigest()[:32]


def test_the_plan_says_what_its_remedies_say_in_the_order_of_the_parts() -> None:
    decision = POLICY.decide(incident(), customer())
    said = {remedy.part: remedy.message for remedy in decision.remedies if remedy.in_plan}
    spoken = [said[part] for part in ("apology", "explanation", "fix", "perk") if said.get(part)]
    assert len(spoken) > 1
    assert decision.plan.message == "\n".join(spoken)
