"""Which defines read a param or a define."""

from __future__ import annotations

from remedykit import Policy
from remedykit.language.names_used import with_their_readers

_POLICY = Policy.from_text("""
policy: parcels
version: "1"
currencies: [USD]
params:
  few: {value: 3, unit: days, why: a few}
define:
  late: incident.days_late >= few
  early: incident.days_late < 1
  bad: late and order.chargeback
remedies:
  credit: {part: fix, title: Credit, gives: money_now, value: 5.00, say: Here is a credit.}
""").checked


def test_a_param_comes_with_the_defines_that_read_it_also_through_others() -> None:
    found = with_their_readers(frozenset({"few"}), _POLICY.defines)
    assert found == {"few", "late", "bad"}


def test_a_define_that_nothing_reads_comes_alone() -> None:
    assert with_their_readers(frozenset({"bad"}), _POLICY.defines) == {"bad"}


def test_no_names_have_no_readers() -> None:
    assert with_their_readers(frozenset(), _POLICY.defines) == frozenset()
