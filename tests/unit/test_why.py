"""Why: rules that fired with their values, tests that failed, scores, and nothing personal."""

import pickle

import pytest

from remedykit import Decision, InputError, Policy
from remedykit.explain.why import ReadValue, RemedyWhy, RuleTrace
from support.tiny_policy import POLICY, TEXT, customer, incident


def decide(facts: dict[str, str] | None = None, policy: Policy = POLICY) -> Decision:
    return policy.decide(incident(), customer(), facts=facts)


def rules(kind: str, decision: Decision) -> dict[str, RuleTrace]:
    (remedy,) = POLICY.why(decision, kind).remedies
    return {rule.id: rule for rule in remedy.rules}


def test_a_rule_that_fired_shows_the_values_that_made_it_fire() -> None:
    rule = rules("reship", decide())["lost.all"]
    assert rule.acts
    assert rule.because == "A parcel without a scan hardly ever turns up."
    kind, late, unless = rule.tests
    assert (kind.text, kind.truth) == ("incident.kind: lost_package", True)
    assert late.text == "incident.days_late: lost_after.."
    assert late.values == (ReadValue("incident.days_late", "7"), ReadValue("lost_after", "5"))
    assert (unless.text, unless.truth) == ("not customer.risk_flag: true", True)
    assert unless.parts[0].truth is False
    assert rule.place.startswith("policy.yaml:")


def test_the_score_breakdown_is_told() -> None:
    decision = decide()
    (told,) = POLICY.why(decision, "reship").remedies
    assert told.standing == "in the plan, rank 1, standard"
    assert told.score == decision.remedies[0].score
    assert f"score {told.score} = distributive" in str(POLICY.why(decision, "reship"))
    assert "+ adjustments 5.0" in str(POLICY.why(decision, "reship"))


def test_a_remedy_not_offered_shows_which_tests_failed_with_which_values() -> None:
    decision = POLICY.decide(incident(days_late=3), customer())
    (told,) = POLICY.why(decision, "reship").remedies
    assert told.standing == "not offered: no rule that acts offers it"
    (rule,) = (rule for rule in told.rules if rule.id == "lost.all")
    assert not rule.acts
    assert [test.truth for test in rule.tests] == [True, False, True]
    text = str(POLICY.why(decision, "reship"))
    assert "lost.all does not act (offers)" in text
    assert (
        "no: incident.days_late: lost_after..   [incident.days_late is 3, lost_after is 5]" in text
    )


def test_a_withheld_remedy_names_what_holds_it_back() -> None:
    decision = decide({"order.channel": "app"})
    (told,) = POLICY.why(decision, "full_refund").remedies
    assert told.standing == "withheld, forbidden (no.app.refund)"
    assert {rule.id: rule.does for rule in told.rules}["no.app.refund"] == "forbids"
    (told,) = POLICY.why(decision, "return_for_refund").remedies
    assert told.standing.endswith("; unknown: incident.packaging_kept")
    assert [test.truth for test in told.needs] == [None]


def test_points_approvals_and_limits_are_told_where_they_act() -> None:
    decision = decide({"order.channel": "web"})
    assert rules("reship", decision)["likes.goods"].detail == "by +5 points"
    assert "likes.goods" not in rules("sincere", decision)
    approval = rules("full_refund", decision)["big.money"]
    assert approval.detail == "by team_lead"
    assert approval.tests[-1].values == (ReadValue("remedy.value", "60.00 USD"),)
    limit = rules("credit", decision)["goodwill.cap"]
    assert (limit.does, limit.because) == ("limits", "house")
    assert limit.detail == "what is goodwill to at most 12.00 USD (0.2 * order.total)"


def test_defines_behind_a_rule_are_unfolded() -> None:
    (define,) = POLICY.why(decide(), "credit").defines
    assert (define.name, define.value) == ("loyal", "yes")
    assert [test.text for test in define.tests] == [
        "customer.tenure_years: 3..",
        "customer.incidents_12m: ..1",
    ]


def test_the_rows_of_a_define_by_cases_are_told() -> None:
    cases = """
  speed:
    values: [slow, fast]
    first:
      - {when: {incident.days_late: 9..}, value: slow}
    else: fast
  loyal: {speed: fast, customer.tenure_years: 3.., customer.incidents_12m: ..1}
"""
    old = "\n  loyal: {customer.tenure_years: 3.., customer.incidents_12m: ..1}\n"
    policy = Policy.from_text(TEXT.replace(old, cases))
    why = policy.why(decide(policy=policy), "credit")
    speed = {define.name: define for define in why.defines}["speed"]
    assert speed.value == "fast"
    assert [test.text for test in speed.tests] == ["incident.days_late: 9.. -> 'slow'"]


def test_sources_and_hand_over_are_told() -> None:
    text = TEXT.replace("offer: credit}", "offer: credit, source: our promise}").replace(
        "rules:\n", "rules:\n  - {id: vip, when: {customer.tier: gold}, hand_over: desk}\n"
    )
    policy = Policy.from_text(text)
    why = policy.why(decide(policy=policy))
    assert ("vip", "hands over", "to desk") in {(r.id, r.does, r.detail) for r in why.others}
    assert "source: our promise" in str(why)
    assert "source: our promise" in why._repr_html_()


def test_a_right_is_told_as_such() -> None:
    policy = Policy.from_text(TEXT.replace("offer: [reship,", "entitle: [reship,"))
    (told,) = policy.why(decide(policy=policy), "return_for_refund").remedies
    assert told.rules[0].does == "entitles to"
    assert told.standing.endswith("entitlement, to confirm")


@pytest.mark.parametrize(
    ("at_most", "detail"),
    [
        ("customer.goodwill_12m + 1.00", "to at most 1.00 USD (customer.goodwill_12m + 1.00)"),
        ("customer.predicted_ltv", "to at most customer.predicted_ltv, which is unknown"),
        ("customer.saved", "to at most customer.saved, which is (personal)"),
    ],
)
def test_a_limit_tells_its_amount_where_it_may(at_most: str, detail: str) -> None:
    text = TEXT.replace("0.20 * order.total", at_most).replace(
        "facts:\n", "facts:\n  customer.saved: {type: money, personal: true, means: x}\n"
    )
    policy = Policy.from_text(text)
    decision = policy.decide(incident(), customer(), facts={"customer.saved": "3.00"})
    (told,) = policy.why(decision, "credit").remedies
    assert told.rules[-1].detail == f"what is goodwill {detail}"


def test_everything_is_told_without_a_kind_and_what_does_not_act_only_of_the_withheld() -> None:
    decision = decide({"order.channel": "app"})
    why = POLICY.why(decision)
    told = [remedy.kind for remedy in why.remedies]
    offered = [remedy.kind for remedy in decision.remedies]
    assert told == offered + [withheld.kind for withheld in decision.withheld]
    assert all(rule.acts for each in why.remedies if each.score is not None for rule in each.rules)
    assert [(rule.id, rule.does) for rule in why.others] == [("carrier.claim", "adds to-do")]


def test_that_nothing_was_offered_or_withheld_is_said() -> None:
    policy = Policy.from_text(TEXT.partition("rules:")[0] + "rules: []\n")

    told = str(policy.why(policy.decide(incident(), customer())))

    assert "\n\nnothing was offered or withheld: no rule that acts offers anything" in told


def test_personal_facts_and_what_reads_them_are_not_shown() -> None:
    decision = decide({"customer.nickname": "Zaphod"})
    assert "Zaphod" in decision.plan.message
    why = POLICY.why(decision)
    assert "Zaphod" not in str(why)
    assert "Zaphod" not in why._repr_html_()
    assert "customer.nickname is (personal)" in str(why)
    assert "named is (personal)" in str(why)


def test_a_reason_that_would_print_an_unknown_fact_is_left_out_whole() -> None:
    because = "A parcel without a scan hardly ever turns up."
    policy = Policy.from_text(TEXT.replace(because, "It is {incident.days_late} days late."))
    told = {
        days: policy.why(policy.decide(incident(days_late=days), customer()), "sincere")
        for days in (7, None)
    }
    assert told[7].remedies[0].rules[0].because == "It is 7 days late."
    assert told[None].remedies[0].rules[0].because == ""


def test_a_reason_that_prints_a_personal_fact_is_redacted() -> None:
    policy = Policy.from_text(
        TEXT.replace("offer: by_name}", "offer: by_name, because: 'For {customer.nickname}.'}")
    )
    why = policy.why(decide({"customer.nickname": "Zaphod"}, policy), "by_name")
    assert why.remedies[0].rules[0].because == "For (personal)."


def test_hostile_facts_and_texts_are_escaped_and_stay_on_their_line() -> None:
    text = TEXT.replace(
        "{customer.tier: gold}", "{incident.cause_code: {known: true}, customer.tier: gold}"
    )
    policy = Policy.from_text(text)
    decision = policy.decide(incident(cause_code="<script>\n\u202e\u200b&"), customer())
    why = policy.why(decision)
    page = why._repr_html_()
    assert "<script" not in page
    assert "&lt;script&gt; &amp;" in page
    assert not {"\u202e", "\u200b"} & set(page + str(why))


def test_an_unknown_remedy_kind_is_refused_with_a_suggestion() -> None:
    with pytest.raises(
        ValueError, match="tiny has no remedy kind='reshipp'; did you mean 'reship'"
    ):
        POLICY.why(decide(), "reshipp")


def test_why_another_policy_decided_is_not_told() -> None:
    other = Policy.from_text(TEXT.replace("value: 5, unit", "value: 6, unit"))
    with pytest.raises(InputError):
        other.why(decide())


def test_the_answer_is_data() -> None:
    why = POLICY.why(decide())
    assert pickle.loads(pickle.dumps(why)) == why  # noqa: S301 - our own bytes


# --- what happened ------------------------------------------------------------------------------


def small(rules: str, *, more: str = "", remedies: str = "") -> Policy:
    """Return a policy on a damaged thing, with a refund of 20.00."""
    return Policy.from_text(f"""
policy: small
version: "1"
currencies: [USD]
remedies:
  refund: {{part: fix, title: Refund, gives: money_now, value: 20.00, say: Sorry.}}
  credit: {{part: fix, title: Credit, gives: money_later, value: 45.00, say: Sorry.}}
  coupon: {{part: perk, title: Coupon, gives: money_later, value: 5.00, say: Thanks.}}
  sorry: {{part: apology, title: Sorry, say: Sorry.}}
{remedies}
rules:
{rules}
{more}
""")


def told(policy: Policy, kind: str, **case: object) -> RemedyWhy:
    decision = policy.decide(incident(kind="damaged"), customer(tenure_years=1), case=case)
    (remedy,) = policy.why(decision, kind).remedies
    return remedy


def acting(remedy: RemedyWhy) -> dict[str, RuleTrace]:
    return {rule.id: rule for rule in remedy.rules if rule.acts}


def test_effects_that_do_not_reach_a_right_are_not_told_as_acting_on_it() -> None:
    policy = small("""
  - {id: law, when: {incident.kind: damaged}, entitle: refund}
  - {id: no, when: {incident.kind: damaged}, forbid: refund}
  - {id: ask, when: {incident.kind: damaged}, ask_approval: {of: any, by: lead}}""")
    refund = told(policy, "refund")
    assert refund.standing == "in the plan, rank 1, entitlement"
    assert refund.happened == ""
    assert {*acting(refund)} == {"law"}


def test_the_basis_that_a_rule_gives_is_the_one_that_selects() -> None:
    policy = small(
        """
  - {id: nice, when: {incident.kind: damaged}, basis: goodwill, offer: [refund, credit]}
  - {id: no, when: {incident.kind: damaged, remedy.kind: refund}, forbid: {basis: goodwill}}""",
        more="limits: [{id: cap, when: {remedy.value: 40..}, of: {basis: goodwill},"
        " at_most: 5.00, over: withhold}]",
    )
    refund, credit = told(policy, "refund"), told(policy, "credit")
    assert (refund.standing, refund.happened) == ("withheld, forbidden (no)", "`no` forbids it")
    assert acting(refund)["no"].detail == "what is goodwill"
    assert acting(refund)["nice"].detail == "as goodwill"
    assert credit.happened == "it is worth 45.00 USD, and `cap` allows at most 5.00 USD (5.00)"
    (test,) = acting(credit)["cap"].tests
    assert (test.truth, test.values) == (True, (ReadValue("remedy.value", "45.00 USD"),))


def test_a_limit_that_did_not_hold_a_remedy_is_not_told() -> None:
    policy = small(
        "  - {id: offer, when: {incident.kind: damaged}, offer: refund}",
        more="""limits:
  - {id: wide, of: any, at_most: 50.00, over: reduce}
  - {id: small, when: {remedy.value: 30..}, of: any, at_most: 1.00, over: reduce}
  - {id: cut, of: any, at_most: 15.00, over: reduce}
  - {id: then, when: {remedy.value: 18..}, of: any, at_most: 1.00, over: withhold}""",
    )
    refund = told(policy, "refund")
    assert {*acting(refund)} == {"offer", "cut"}
    assert refund.happened == "cut from 20.00 USD to 15.00 USD by `cut`"


@pytest.mark.parametrize(
    ("hindrance", "because"),
    [
        ("limits: [{id: cap, of: {basis: goodwill}, at_most: 9.00, over: reduce}]",
         "`cap` allows less"),
        ("  - {id: ask, when: {remedy.value: 30..}, ask_approval: {of: any, by: lead}}",
         "it would wait for an approval, and a right waits for nobody"),
        ("limits: [{id: cap, of: any, at_most: 50.00, over: withhold}]",
         "the plan has no room for it within the limits"),
    ],
)  # fmt: skip
def test_a_right_that_stands_where_more_may_not_is_told_with_what_stands_in_the_way(
    hindrance: str, because: str
) -> None:
    policy = small(
        f"""
  - {{id: law, when: {{incident.kind: damaged}}, entitle: [refund, credit]}}
  - {{id: nice, when: {{incident.kind: damaged}}, basis: goodwill,
      offer: {{refund: {{value: 40.00}}}}}}
{hindrance}""",
    )
    refund = told(policy, "refund")
    assert refund.happened == (
        f"40.00 USD as goodwill may not stand, because {because}; 20.00 USD as entitlement does"
    )
    assert "law" in acting(refund)


@pytest.mark.parametrize(
    ("when", "define"),
    [("{customer.tenure_years: 3..}", "no"), ("{customer.claims_12m: ..1}", "unknown")],
)
def test_a_perk_that_the_policy_does_not_want_now_shows_the_define_that_says_so(
    when: str, define: str
) -> None:
    policy = small(
        "  - {id: offer, when: {incident.kind: damaged}, offer: [refund, coupon]}",
        more=f"define: {{loyal: {when}}}\nranking: {{perk_when: loyal}}",
    )
    decision = policy.decide(incident(kind="damaged"), customer(tenure_years=1))
    why = policy.why(decision, "coupon")
    assert "a perk is given only if `loyal` holds, and" in why.remedies[0].happened
    (shown,) = why.defines
    assert (shown.name, shown.value) == ("loyal", define)
    assert shown.tests[0].values[0].value in {"1", "unknown"}


OFFER_ALL = (
    "  - {id: offer, when: {incident.kind: damaged}, offer: [refund, coupon, sorry, credit]}"
)


def test_what_the_built_in_ceilings_hold_back_is_told_with_the_numbers() -> None:
    dear = OFFER_ALL.replace("coupon", "coupon: {value: 45.00}").replace("[", "{").replace("]", "}")
    dear = dear.replace("refund,", "refund: {value: 60.00},").replace("sorry,", "sorry: {},")
    policy = small(dear.replace("credit}", "credit: {value: 61.00}}"))
    assert told(policy, "coupon").happened == (
        "with it fixes and perks would come to 105.00 USD, more than 150% of the loss of 60.00 USD"
    )
    assert told(policy, "credit").happened == (
        "it is worth 61.00 USD, and `money_back` allows at most what was paid (60.00 USD) "
        "less what was refunded (0.00 USD) plus own expense (0.00 USD)"
    )


def test_what_the_plan_leaves_out_is_told_with_the_numbers() -> None:
    policy = small(OFFER_ALL)
    offers = [
        {"kind": "refund", "value": "20.00", "status": "expired"},
        {"kind": "credit", "value": "45.00", "status": "refused"},
    ]
    assert told(policy, "sorry", apologies_made=2, offers=offers).happened == (
        "apologies made before: 2; the plan has no fix that was not offered before, so one more "
        "would be mere repetition"
    )
    assert told(policy, "credit", offers=offers).happened == (
        "the customer refused it at 45.00 USD before, and no more of it can be offered now"
    )
    offers[1].pop("value")
    assert told(policy, "credit", offers=offers).happened == (
        "the customer refused it before, whatever it is worth"
    )
    assert told(policy, "coupon").happened == "it would add -1.9 points to the plan"


@pytest.mark.parametrize(
    ("remedy", "rule", "happened"),
    [
        ("needs: {incident.kind: wrong_item}", "offer", "what it needs does not hold"),
        ("states: {incident.kind: wrong_item}", "offer", "what it states does not hold"),
        (
            "needs: {incident.kind: wrong_item}",
            "entitle",
            "the customer has a right to it, but what it needs does not hold",
        ),
        ("needs: {incident.usable: true}", "offer", ""),
        ("needs: {odd: 3..}", "offer", "these facts do not settle `needs:x`, though none of them"),
    ],
)
def test_what_a_remedy_needs_is_told(remedy: str, rule: str, happened: str) -> None:
    odd = "{unique: [{when: {incident.kind: damaged}, value: 1}, {when: {incident.trips: 0..},"
    policy = small(
        f"  - {{id: offer, when: {{incident.kind: damaged}}, {rule}: x}}",
        more=f"define: {{odd: {odd} value: 2}}], else: 3}}}}",
        remedies=f"  x: {{part: fix, title: X, gives: exchange, value: 1.00, say: x, {remedy}}}",
    )
    found = told(policy, "x").happened
    assert found.startswith(happened) if happened else found == ""


def test_a_perk_without_a_fix_and_a_remedy_without_a_value_are_told() -> None:
    policy = small(
        "  - {id: offer, when: {incident.kind: damaged},"
        " offer: {coupon: {}, credit: {value: customer.goodwill_12m}}}"
    )
    assert told(policy, "coupon").happened == (
        "there is no perk without a fix, and the plan has none"
    )
    assert told(policy, "credit").happened == "it would be worth 0.00 USD by `offer`"


def test_a_limit_on_what_the_plan_comes_to_is_told_with_the_sum() -> None:
    policy = small(
        "  - {id: offer, when: {incident.kind: damaged}, offer: [refund, coupon]}",
        more="limits: [{id: cap, of: any, at_most: 22.00, over: withhold}]",
    )
    coupon = told(policy, "coupon")
    assert coupon.happened == (
        "with what the plan has it would come to 25.00 USD, and `cap` allows at most "
        "22.00 USD (22.00)"
    )
    assert "cap" in acting(coupon)
    assert coupon.happened in str(policy.why(policy.decide(incident(kind="damaged"), customer())))
