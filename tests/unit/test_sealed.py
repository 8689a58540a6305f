"""What is sealed stays as it is, and what is not sealed stays free."""

from __future__ import annotations

import pytest

from remedykit.diagnostics import Diagnostic
from support.composed_cases import BASE, HEAD, OWN
from support.composing import composed, found_in_folders

MIDDLE = 'policy: middle\nversion: "1"\nextends: ../base\n'
REWORDED = """
remedies:
  refund: {override: true, part: fix, gives: money_now, value: part_back, resolved_in_days: slow,
    cost: 1.00, pays: bank, title: Back, note: Soon., say: Yours.}
"""
LESS = """
remedies:
  gift: {override: true, part: perk, gives: exchange, basis: goodwill, value: 1.00, say: A gift.}
"""


def found(own: str, base: str = BASE) -> tuple[Diagnostic, ...]:
    return found_in_folders({"own/policy.yaml": OWN + own, "base/policy.yaml": base})


@pytest.mark.parametrize(
    "own",
    [
        "rules:\n  - {id: more, when: {incident.kind: late_delivery}, entitle: refund}\n",
        "rules:\n  - {id: more, offer: {reship: {value: 2 * order.paid}}}\n",
        "rules:\n  - {id: more, offer: coupon}\n",
        "rules:\n  - {id: more.of.it, adjust: {of: reship, points: 3}}\n",
        "rules:\n  - {id: against, adjust: {of: coupon, points: -3}}\n",
        "rules:\n  - {id: no.refund, forbid: refund}\n",
        "rules:\n  - {id: ask, ask_approval: {of: [refund, coupon], by: lead}}\n",
        "rules:\n  - {id: late.coupon, override: true, offer: gift}\n",
        "limits:\n  - {id: cap, of: {basis: goodwill}, at_most: 1.00, over: reduce}\n",
        "limits:\n  - {id: perks, override: true, of: gift, at_most: 1.00, over: reduce}\n",
        REWORDED,
        LESS,
        "without: [late.coupon]\n",
    ],
)
def test_what_adds_to_sealed_rules_or_has_nothing_to_do_with_them_is_free(own: str) -> None:
    assert found(own) == ()


def test_what_only_texts_and_costs_of_a_sealed_rule_read_is_free() -> None:
    base = BASE.replace("cost: part_back", "cost: order.paid * fee_share").replace(
        "define:\n", "  fee_share: {value: 0.1}\ndefine:\n"
    )
    assert found("params: {fee_share: 0.2}\n", base) == ()


@pytest.mark.parametrize(
    ("what", "base", "own"),
    [
        ("share", "  share: {value: 0.5, sealed: true}\n", "params: {share: 0.6}\n"),
        (
            "gift",
            "say: A gift., sealed: true}\n",
            "remedies: {gift: {part: perk, gives: exchange, value: 4, say: x, override: true}}\n",
        ),
        (
            "kept",
            "define:\n  kept: {sealed: true, customer.tenure_years: 1..}\n",
            "define: {kept: {override: true, customer.tenure_years: 2..}}\n",
        ),
        (
            "goodwill",
            "",
            "limits:\n  - {id: goodwill, override: true, of: any, at_most: 1.00, over: reduce}\n",
        ),
    ],
)
def test_everything_that_can_be_overridden_can_be_sealed(what: str, base: str, own: str) -> None:
    unsealed = {
        "share": "  share: {value: 0.5}\n",
        "gift": "say: A gift.}\n",
        "kept": "define:\n",
        "goodwill": "limits:\n",
    }[what]
    assert BASE.count(unsealed) == 1
    (first, *_) = found(own, BASE.replace(unsealed, base or unsealed))
    assert (first.code, first.message) == (
        "sealed",
        f"`{what}` is sealed and cannot be overridden",
    )
    assert first.also is not None
    assert first.also.place.file == "base/policy.yaml"


def test_what_a_sealed_define_reads_is_sealed_with_it() -> None:
    base = BASE.replace("define:\n", "define:\n  much: {value: tenth * order.paid, sealed: true}\n")
    base = base.replace("define:\n", "  tenth: {value: 0.1}\ndefine:\n")
    (item,) = found("params: {tenth: 0.2}\n", base)
    assert item.message == "`tenth` is read by `much`, which is sealed"


@pytest.mark.parametrize(
    "test",
    ["[1, lim]", "{not: lim..}", "..lim", "lim", "1..<lim"],
)
def test_a_param_in_any_test_of_a_sealed_rule_is_sealed(test: str) -> None:
    base = BASE.replace("define:\n", "  lim: {value: 4}\ndefine:\n").replace(
        "{late: true}", f"{{incident.days_late: {test}}}"
    )
    (item,) = found("params: {lim: 5}\n", base)
    assert item.message == "`lim` is read by `late.refund`, which is sealed"


def test_a_list_param_of_a_sealed_rule_is_sealed() -> None:
    base = BASE.replace("define:\n", "  near: {value: [US]}\ndefine:\n").replace(
        "{late: true}", "{order.country: {in: near}}"
    )
    (item,) = found("params: {near: [CA]}\n", base)
    assert item.message == "`near` is read by `late.refund`, which is sealed"


def test_a_param_of_several_periods_is_sealed_with_the_rule_that_reads_it() -> None:
    periods = "{value: [{value: 3, until: 2026-12-31}, {value: 4, from: 2027-01-01}]}"
    base = BASE.replace(
        "lost_after: {value: 5, unit: days, why: house rule}", f"lost_after: {periods}"
    )
    (item,) = found("params: {lost_after: 9}\n", base)
    assert item.message == "`lost_after` is read by `late.refund`, which is sealed"


def with_table(name: str, effect: str, mark: str) -> str:
    """Return the base with a table whose row reads the param `slow`, as nothing else does."""
    table = f"  - id: {name}\n{mark}    table:\n      - [incident.days_late, {effect}]\n"
    rules = f"rules:\n{table}      - [slow.., gift]\n"
    return BASE.replace("rules:\n", rules).replace("    resolved_in_days: slow\n", "")


def test_rows_of_a_table_that_entitle_are_sealed() -> None:
    base = with_table("right", "entitle", "")
    (item,) = found("params: {slow: 9}\n", base)
    assert item.message == "`slow` is read by `right.1`, which is sealed"
    (item,) = found("without: [right]\n", base)
    assert item.message == "`right` is sealed and cannot be left out"


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("without: [right.1]\n", "the base has no rule `right.1`"),
        (
            "rules:\n  - {id: right.1, override: true, offer: gift}\n",
            "the base has no rule `right.1`",
        ),
        ("rules:\n  - {id: right.1, offer: gift}\n", "`right.1` is declared twice"),
        (
            "rules:\n  - {id: right, override: true, offer: gift}\n",
            "`right` is sealed and cannot be overridden",
        ),
    ],
)
def test_no_row_of_a_sealed_table_is_replaced_alone_or_with_it(own: str, message: str) -> None:
    (item,) = found(own, with_table("right", "entitle", ""))
    assert item.message == message


def test_a_sealed_table_seals_its_rows() -> None:
    base = with_table("gifts", "offer", "    sealed: true\n")
    (item,) = found("params: {slow: 9}\n", base)
    assert item.message == "`slow` is read by `gifts.1`, which is sealed"


def test_what_several_parts_of_a_sealed_rule_read_is_told_once() -> None:
    base = BASE.replace("define:\n", "define:\n  later: {incident.days_late: lost_after..}\n")
    (item,) = found(
        "params: {lost_after: 9}\n", base.replace("{late: true}", "{late: true, later: true}")
    )
    assert item.message == "`lost_after` is read by `late.refund`, which is sealed"


def test_what_a_base_leaves_open_is_for_the_policy_to_say() -> None:
    assert found("params: {slow: {value: 3}}\n", BASE.replace("  slow: {value: 3}\n", "")) == ()


# --- several policies ----------------------------------------------------------------------------


def three(own: str, middle: str, base: str = BASE) -> dict[str, str]:
    return {
        "own/policy.yaml": f"{HEAD}extends: ../middle\n{own}",
        "middle/policy.yaml": MIDDLE + middle,
        "base/policy.yaml": base,
    }


def test_who_seals_may_have_overridden_what_he_seals() -> None:
    rule = "{id: s, offer: {gift: {value: twice * order.paid}}, sealed: true}"
    seals = f"params: {{twice: 3}}\nrules:\n  - {rule}\n"
    base = BASE.replace("define:\n", "  twice: {value: 2}\ndefine:\n")
    assert composed(three("", seals, base)).name == "own"
    (item,) = found_in_folders(three("params: {twice: 4}\n", seals, base))
    assert item.message == "`twice` is read by `s`, which is sealed"


def test_what_the_middle_does_to_the_base_is_told_of_the_middle() -> None:
    (item,) = found_in_folders(three("", "params: {share: 0.1}\n"))
    assert (item.place.file, item.code) == ("middle/policy.yaml", "sealed")


def test_a_policy_seals_nothing_against_itself() -> None:
    own = "rules:\n  - {id: s, offer: gift, sealed: true}\n  - {id: f, forbid: gift}\n"
    assert found(own) == ()


def test_a_policy_may_seal_its_own_entitlement_and_its_base_stays_free_of_it() -> None:
    own = "rules:\n  - {id: own.right, when: {incident.days_late: 9..}, entitle: reship}\n"
    base = (
        BASE.replace(", sealed: true", "")
        .replace("{id: no.coupon", "{id: no.reship")
        .replace("{part: perk}}", "{part: fix}}")
    )
    assert found(own, base) == ()
