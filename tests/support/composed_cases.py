"""Golden cases of diagnostics about policies that extend others: folders with their files."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

HEAD = 'policy: own\nversion: "2"\n'
OWN = f"{HEAD}extends: ../base\n"
BASE = """\
policy: base
version: "1"
currencies: [USD]
params:
  lost_after: {value: 5, unit: days, why: house rule}
  share: {value: 0.5}
  due_hours: {value: 72}
  slow: {value: 3}
define:
  late: {incident.days_late: lost_after..}
  part_back: share * order.paid
remedies:
  refund:
    part: fix
    gives: money_now
    value: part_back
    cost: part_back
    resolved_in_days: slow
    say: We pay it back.
  reship: {part: fix, gives: exchange, value: order.paid, say: We send it again.}
  coupon: {part: perk, gives: money_later, basis: goodwill, value: 5.00, say: A coupon.}
  gift: {part: perk, gives: exchange, basis: goodwill, value: 4.00, say: A gift.}
rules:
  - {id: late.refund, when: {late: true}, entitle: {refund: {due: at + hours(due_hours)}}}
  - {id: late.reship, when: {incident.kind: late_delivery}, offer: reship, sealed: true}
  - {id: late.coupon, when: {incident.kind: late_delivery}, offer: coupon}
  - {id: no.coupon, when: {customer.risk_flag: true}, forbid: {part: perk}, sealed: true}
  - {id: reship.first, adjust: {of: reship, points: 5}, sealed: true}
limits:
  - {id: goodwill, of: {basis: goodwill}, at_most: 20.00, over: reduce, sealed: true}
  - {id: perks, of: {part: perk}, at_most: 10.00, over: withhold}
"""


def _over(text: str, base: str = BASE) -> dict[str, str]:
    """Return a policy on top of the base."""
    return {"own/policy.yaml": OWN + text, "base/policy.yaml": base}


def _chain(*names: str) -> dict[str, str]:
    """Return policies each of which extends the next; the last one none, if it is a new one."""
    head = 'policy: x\nversion: "1"\n'
    chain = {f"{names[-1]}/policy.yaml": head}
    return chain | {
        f"{name}/policy.yaml": f"{head}extends: ../{base}\n" for name, base in pairwise(names)
    }


def _extending(word: str, **files: str) -> dict[str, str]:
    return {"own/policy.yaml": f"{HEAD}extends: {word}\n", **files}


_REFUND = "part: fix, gives: money_now, say: x"

COMPOSED: Mapping[str, Mapping[str, str]] = {
    # --- what is extended ---
    "bad-base.absolute": _extending("/etc"),
    "bad-base.back": _extending("../base/../../other"),
    "bad-base.case": {**_extending("../Base"), "base/policy.yaml": BASE},
    "bad-base.hidden": {**_extending("../.base"), ".base/policy.yaml": BASE},
    "bad-base.home": _extending("~/base"),
    "bad-base.inside": {**_extending("../own/base"), "own/base/policy.yaml": BASE},
    "bad-base.itself-is-parent": _extending(".."),
    "bad-base.name": _extending("base"),
    "bad-base.no-folder": _extending("../bsae", **{"base/policy.yaml": BASE}),
    "bad-base.outside": _extending("../../other"),
    "base-cycle": _chain("own", "a", "b", "a"),
    "base-cycle.itself": _chain("own", "own"),
    "base-too-deep": _chain("own", *"abcdefgh"),
    "empty-value.extends": _extending('""'),
    "no-such-policy.base": {**_extending("../base"), "base/notes.md": ""},
    "too-many-files.bases": {
        **{f"own/{number}.yaml": "" for number in range(1_000)},
        **{f"base/{number}.yaml": "" for number in range(1_000)},
        **_extending("../base"),
    },
    "wrong-shape.extends": _extending("[nurture]"),
    # --- overriding ---
    "duplicate-name.base-define": _over("params: {late: {value: 1}}\n"),
    "duplicate-name.base-fact": _over(
        "facts: {order.gift: {type: int, means: gifts}}\n",
        f"{BASE}facts: {{order.gift: {{type: bool, means: a gift}}}}\n",
    ),
    "duplicate-name.base-rule": _over("rules:\n  - {id: late.coupon, offer: coupon}\n"),
    "duplicate-name.left-out": _over("without: [late.coupon, late.coupon]\n"),
    "duplicate-name.left-out-and-overridden": _over(
        "without: [late.coupon]\nrules:\n  - {id: late.coupon, override: true, offer: coupon}\n"
    ),
    "not-in-base": _over("rules:\n  - {id: late.coupn, override: true, offer: coupon}\n"),
    "not-in-base.left-out": _over("without: [Late.coupon]\n"),
    "not-in-base.no-rule": _over("without: [coupon]\n"),
    "not-in-base.no-base": {"own/policy.yaml": f"{HEAD}without: [late.coupon]\n"},
    "not-in-base.param": _over("params: {lost_aftr: 7}\n"),
    "unknown-key.overridden-param": _over(
        "params: {lost_after: {value: 7, unit: hours, override: true}}\n"
    ),
    "unlike-base": _over("currencies: [EUR]\n"),
    "unlike-base.dates": _over("dated_by: incident.discovered_at\n"),
    "wrong-cell.override": _over("rules:\n  - {id: late.coupon, override: yes, offer: coupon}\n"),
    "wrong-shape.left-out": _over("without: [{rule: late.coupon}]\n"),
    "wrong-shape.overridden-param": _over("params: {lost_after: {USD: 7.00}}\n"),
    # --- what is sealed ---
    "sealed": _over("rules:\n  - {id: late.reship, override: true, offer: coupon}\n"),
    "sealed.adjusted": _over(
        "rules:\n  - {id: against.reship, adjust: {of: reship, points: -5}}\n"
    ),
    "sealed.another-basis": _over("rules:\n  - {id: usual, offer: coupon, basis: standard}\n"),
    "sealed.approval": _over("rules:\n  - {id: ask, ask_approval: {of: {part: fix}, by: lead}}\n"),
    "sealed.capped": _over(
        "limits:\n  - {id: cap, of: {part: fix}, at_most: 1.00, over: reduce}\n"
    ),
    "sealed.define": _over("define: {late: {override: true, incident.days_late: 30..}}\n"),
    "sealed.entitled": _over("rules:\n  - {id: right, entitle: coupon}\n"),
    "sealed.entitlement": _over("rules:\n  - {id: late.refund, override: true, offer: coupon}\n"),
    "sealed.forbidden": _over("rules:\n  - {id: no.reship, forbid: any}\n"),
    "sealed.kind": _over(
        f"remedies:\n  refund: {{override: true, {_REFUND}, value: 1.00, resolved_in_days: 3}}\n"
    ),
    "sealed.left-out": _over("without: [late.refund]\n"),
    "sealed.measure": _over("params: {slow: 30}\n"),
    "sealed.param": _over("params: {share: 0.1, due_hours: 720}\n"),
    "sealed.part": _over(
        "remedies:\n  coupon: {override: true, part: fix, gives: money_later, basis: goodwill,"
        " value: 5.00, say: A coupon.}\n"
    ),
}
