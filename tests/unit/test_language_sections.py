"""A policy is one policy, however it is spread over files."""

import pytest

from remedykit.language.syntax import Outcome, Terms
from support.loading import found, loaded

SORRY = "remedies:\n  sorry: {part: apology, say: We are sorry.}\n"


def test_sections_of_all_files_are_joined() -> None:
    policy = loaded(
        SORRY,
        "rules:\n  - {id: b, offer: sorry}\nparams: {one: {value: 1}}\n",
        "rules:\n  - {id: a, offer: sorry}\nparams: {two: {value: 2}}\n",
    )

    assert [rule.id for rule in policy.rules] == ["a", "b"]
    assert [param.name for param in policy.params] == ["one", "two"]


def test_a_name_of_one_space_may_be_used_in_another() -> None:
    text = "params: {late: {value: 3}}\nrules:\n  - {id: late, hand_over: late}\n"
    remedies = "remedies:\n  late: {part: apology, say: Sorry.}\n"
    limits = "limits:\n  - {id: late, of: late, at_most: 5, over: reduce}\n"

    assert loaded(text, remedies, limits).remedies[0].name == "late"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("params: {late: {value: 3}}\n", "define: {late: {incident.days_late: 3..}}\n"),
        (SORRY, SORRY),
        (
            "facts: {order.gift: {type: bool, means: a gift}}\n",
            "facts: {order.gift: {type: int, means: gifts}}\n",
        ),
        ("guarded_words: {sent: incident.carrier_scanned}\n",) * 2,
    ],
)
def test_what_two_files_declare_twice_is_shown_in_both(first: str, second: str) -> None:
    (item,) = found("", first, second)

    assert item.code == "duplicate-name"


def test_both_places_of_a_name_that_two_files_declare_are_shown() -> None:
    (item,) = found("params: {late: {value: 3}}\n", "define: {late: order.total}\n")

    assert item.code == "duplicate-name"
    assert item.also is not None
    assert (item.place.file, item.also.place.file) == ("b.yaml", "a.yaml")
    assert item.underlined == item.also.line[9:13] == "late"


def test_parts_to_cover_stand_in_their_own_order() -> None:
    assert loaded("covers: [perk, apology]\n").covers == ("apology", "perk")


def test_one_word_stands_for_a_list_of_one() -> None:
    policy = loaded(f"{SORRY}covers: apology\nrules:\n  - {{id: a, offer: sorry, because: Why.}}\n")

    assert policy.covers == ("apology",)


def test_a_rule_keeps_what_it_overrides() -> None:
    policy = loaded(f"{SORRY}rules:\n  - {{id: a, offer: {{sorry: {{resolved_in_days: 2}}}}}}\n")

    (outcome,) = policy.rules[0].effect.outcomes  # type: ignore[union-attr] # it is an offer
    assert isinstance(outcome, Outcome)
    assert outcome.overrides == Terms(resolved_in_days=outcome.overrides.resolved_in_days)
    assert outcome.overrides.resolved_in_days == 2
