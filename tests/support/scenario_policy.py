"""A small policy that has everything that a scenario can expect, and scenarios of it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from tempfile import TemporaryDirectory

from remedykit import Policy, PolicyError
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.diagnostics import Diagnostic

POLICY = """\
policy: small
version: "1"
currencies: [USD]
remedies:
  sorry: {part: apology, title: Sorry, apology: {regret: true}, say: Sorry for that.}
  back:
    part: fix
    title: Money back
    gives: money_now
    group: whole
    value: order.paid
    cost: order.paid
    say: Here is {remedy.value}.
  again:
    part: fix
    title: Again
    gives: exchange
    restores: true
    group: whole
    needs: {incident.replacement_in_stock: true}
    value: order.total
    cost: 0.5 * order.total
    say: Here it is again.
  extra:
    part: perk
    title: Something more
    basis: goodwill
    gives: money_later
    value: 2.00
    cost: 0.10
    say: Here is something more.
define:
  very_late: {incident.days_late: 5..}
  lost: order.total
ranking: {loss: lost}
rules:
  - {id: all, when: {incident.kind: lost_package}, offer: [sorry, back, again]}
  - {id: regulars, when: {very_late: true, customer.tier: gold}, offer: extra}
  - {id: no.extra, when: {customer.risk_flag: true}, forbid: extra}
  - {id: dear, when: {order.total: 100.00..}, ask_approval: {of: back, by: lead}}
  - {id: dear.again, when: {order.total: 500.00..}, ask_approval: {of: again, by: head}}
  - {id: desk, when: {incident.trips: 2..}, hand_over: desk}
  - {id: call, when: {incident.trips: 1..}, todo: [call, write]}
"""

PARCEL = """\
bases:
  parcel:
    incident:
      kind: lost_package
      days_late: 1
      trips: 0
      order: {id: A, currency: USD, total: "9.00"}
      replacement_in_stock: true
    customer: {tier: standard}
"""


def found_in_scenarios(text: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a file of scenarios of the small policy."""
    policy = Policy.from_text(POLICY)
    with TemporaryDirectory() as scratch, contextlib.chdir(scratch):
        Path("shop.scenarios.yaml").write_text(text, encoding="utf-8")
        try:
            read_scenarios(policy, ".")
        except PolicyError as error:
            return error.diagnostics
    return ()
