"""What other rule engines and shops get wrong, each as a test of ours."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest

from remedykit import Decision, InputError, Policy, PolicyError
from remedykit.explain import deciding
from remedykit.model.words import INCIDENT_KINDS
from support.command_line import EXAMPLES, ROOT, run
from support.tiny_policy import POLICY, TEXT, customer, incident, order

pytestmark = pytest.mark.no_cover  # smaller tests cover what these run

SHIPPED = {name: Policy.shipped(name) for name in ("nurture", "transactional")}


def codes(text: str) -> list[str]:
    with pytest.raises(PolicyError) as raised:
        Policy.from_text(text)
    return [each.code for each in raised.value.diagnostics]


def with_rule(rule: str) -> str:
    return TEXT.replace("rules:\n", f"rules:\n  - {rule}\n")


def offered(policy: Policy, **changes: object) -> set[str]:
    decision = policy.decide(incident(**changes), customer())
    return {remedy.kind for remedy in decision.remedies}


# --- a misspelt field is null, and the rule never fires (zen) -----------------------------------


def test_a_misspelt_fact_in_a_rule_is_refused_and_not_null() -> None:
    with pytest.raises(PolicyError) as raised:
        Policy.from_text(TEXT.replace("incident.days_late:", "incident.days_lte:"))
    (fault,) = raised.value.diagnostics
    assert (fault.code, fault.underlined) == ("unknown-fact", "incident.days_lte")
    assert fault.help == "did you mean `incident.days_late`?"


def test_a_misspelt_field_of_an_input_is_refused_and_not_null() -> None:
    plain = {"kind": "damaged", "order": {"id": "A", "currency": "USD"}, "dayslate": 9}
    with pytest.raises(InputError, match=r"incident\.dayslate: unknown field.*`days_late`"):
        POLICY.decide(plain, {})


# --- customers' data are evaluated as code (arta) -----------------------------------------------

CODE = (
    "__import__('pathlib').Path('evil').touch()",
    "{customer.__class__.__mro__}",
    "{0.__init__.__globals__}",
    "${7*7} #{7*7} {{7*7}} %(name)s %s",
    "' or 1=1 --",
    "true",
    "lambda: 0",
)


@pytest.mark.parametrize("code", CODE)
def test_code_in_a_fact_is_only_text(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    decision = POLICY.decide(
        incident(cause_code=code, evidence=[code]),
        customer(id=code, name=code),
        facts={"customer.nickname": code},
    )
    said = {remedy.kind: remedy.message for remedy in decision.remedies}
    assert said["by_name"] == f"We are sorry, {code}."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", CODE)
def test_code_in_a_rule_is_refused_or_only_text(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    quoted = "'{}'".format(code.replace("'", "''"))
    rule = f"{{id: evil, where: {quoted}, offer: credit}}"
    if code == "true":
        assert "evil" in {rule.id for rule in Policy.from_text(with_rule(rule)).checked.rules}
    else:
        assert codes(with_rule(rule))
    assert list(tmp_path.iterdir()) == []


def test_no_text_is_ever_turned_into_code() -> None:
    called = {
        (path.name, node.func.id)
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    forbidden = {"eval", "exec", "compile", "__import__", "globals"}
    assert {(file, name) for file, name in called if name in forbidden} == set()


# --- a refund runs when `all` is empty, and under `python -O` (business-rules) ------------------


def test_without_asserts_the_decision_is_the_same() -> None:
    script = (
        "from support.tiny_policy import POLICY, customer, incident\n"
        "decision = POLICY.decide(incident(days_late=None), customer())\n"
        "print(decision.to_json(questions=POLICY.questions(decision)))\n"
        "print(POLICY.decide(incident(), customer()).to_json())\n"
    )
    written = [
        subprocess.run(
            [sys.executable, *options, "-c", script],
            env={**os.environ, "PYTHONPATH": str(ROOT / "tests")},
            capture_output=True,
            check=True,
        ).stdout
        for options in ((), ("-O",), ("-OO",))
    ]
    assert written[0] == written[1] == written[2]
    assert written[0].count(b"\n") == 2


@pytest.mark.parametrize("affected", [[], None])
def test_no_affected_line_is_never_in_stock(affected: list[str] | None) -> None:
    assert "reship" in offered(POLICY)
    assert "reship" not in offered(POLICY, affected=affected)


@pytest.mark.parametrize(
    ("empty", "code"),
    [
        ("when: {incident.kind: []}", "empty-list"),
        ("when: {any: []}", "empty-list"),
        ("when: {incident.evidence: {all: []}}", "wrong-shape"),
        ("when: {incident.kind: }", "empty-value"),
        ("where: []", "empty-list"),
        ("where: ''", "empty-value"),
    ],
)
def test_an_empty_condition_is_refused_and_not_true(empty: str, code: str) -> None:
    assert code in codes(with_rule(f"{{id: empty, {empty}, offer: credit}}"))


# --- a missing fact satisfies `<= 3` (JsonLogic) ------------------------------------------------


@pytest.mark.parametrize(
    "condition",
    [
        "when: {incident.days_late: ..3}",
        "when: {incident.days_late: 0..}",
        "when: {incident.days_late: {not: 5}}",
        "unless: {incident.days_late: 5..}",
        "where: incident.days_late <= 3",
        "where: not incident.days_late > 3",
        "where: incident.days_late == incident.days_late",
        "where: 'min(incident.days_late, 0) <= 3'",
    ],
)
def test_a_missing_fact_satisfies_nothing(condition: str) -> None:
    policy = Policy.from_text(with_rule(f"{{id: early, {condition}, offer: reship}}"))
    assert "reship" in offered(policy, kind="damaged", days_late=2)
    assert "reship" not in offered(policy, kind="damaged", days_late=None)


# --- a malformed table cell loads and never matches (zen) ---------------------------------------


CELLS = (
    *("seven", "> 3", "'> 3'", "3-5", "3 .. 5", "..", "3..x", "5..3", "[3, x]", "3 days", "3,5"),
    *("1e3", "0x10", "1_000", "3.5", "3.", "'3'x", "yes", "~", "{gt: 3}", "25%", "2026-11-23"),
)


@pytest.mark.parametrize("cell", CELLS)
def test_a_malformed_cell_is_refused_when_the_policy_is_loaded(cell: str) -> None:
    assert codes(with_rule(f"{{id: bad, when: {{incident.days_late: {cell}}}, offer: credit}}"))


# --- wrong answers from four threads on one instance (cel-python, experta, regopy, durable) -----


def test_eight_threads_on_one_policy_get_each_its_own_answer() -> None:
    cases = [
        (incident(id=str(number), days_late=number % 9, carrier_scanned=scanned), customer())
        for number, scanned in product(range(60), (True, False, None))
    ]

    def answer(number: int) -> str:
        decision = POLICY.decide(*cases[number])
        return decision.to_json() + str(POLICY.why(decision))

    expected = [answer(number) for number in range(len(cases))]
    assert len(set(expected)) == len(cases)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(answer, range(len(cases)))) == expected


# --- an action's exception becomes a string (durable-rules) -------------------------------------


def test_a_fault_inside_is_raised_and_never_told_as_a_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.setattr(deciding, "rank", broken)
    with pytest.raises(RuntimeError, match="broken inside"):
        POLICY.decide(incident(), customer())
    with pytest.raises(RuntimeError, match="broken inside"):
        run("decide", EXAMPLES / "lost-parcels.yaml", "--policy", "nurture")


# --- "conflicts" that are none, and a missed exact duplicate (blazerules) -----------------------


def test_two_rules_for_one_remedy_are_no_conflict_and_make_one_remedy() -> None:
    policy = Policy.from_text(
        with_rule("{id: too, when: {incident.kind: lost_package}, offer: reship}")
    )
    decision = policy.decide(incident(), customer())
    (reship,) = (remedy for remedy in decision.remedies if remedy.kind == "reship")
    assert reship.rules == ("lost.all", "too")


def test_a_rule_that_stands_twice_is_told() -> None:
    rule = "{id: twice, when: {incident.kind: lost_package}, offer: reship}"
    assert codes(with_rule(f"{rule}\n  - {rule}")) == ["duplicate-name"]


# --- explanations that claim "shipped" when only a label was printed (shops) --------------------

CLAIMS = re.compile(r"\b(shipped|sent|dispatched|delivered)\b", re.IGNORECASE)


def texts(decision: Decision) -> list[str]:
    said = [(each.message, each.note, each.title) for each in decision.remedies]
    return [decision.plan.message, *(text for each in said for text in each)]


@pytest.mark.parametrize("kind", INCIDENT_KINDS)
@pytest.mark.parametrize("name", SHIPPED)
def test_no_text_claims_that_a_parcel_left_when_only_a_label_was_printed(
    name: str, kind: str
) -> None:
    """Offered or planned, to the customer or to the agent: only a scan shows that it left."""
    policy = SHIPPED[name]
    label = order(placed_at="2026-11-02T02:00:00Z", label_created_at="2026-11-03T02:00:00Z")
    for scanned, days_late in product((False, None), (0, 3, 9, None)):
        known = {"kind": kind, "order": label, "carrier_scanned": scanned, "days_late": days_late}
        decision = policy.decide(incident(**known), customer())
        assert decision.remedies
        claims = [text for text in texts(decision) if CLAIMS.search(text)]
        assert claims == []
