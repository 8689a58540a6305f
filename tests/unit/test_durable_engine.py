"""The durable engine: what it shares with nobody, and where durable-rules would fail."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from random import Random
from types import SimpleNamespace

import pytest

from remedykit import Policy
from remedykit.engine.durable import native
from remedykit.engine.durable.engine import DurableEngine
from remedykit.engine.matching import Matches
from remedykit.engine.reference import ReferenceEngine
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, EqualTo, Expression, MemberOf, OneOf, Todo
from remedykit.language.types import TEXT, TEXTS
from support.build import (
    at_least,
    both,
    const,
    define,
    either,
    equals,
    fact,
    facts,
    holds,
    is_known,
    money,
    negation,
    param,
    param_read,
    passes,
    policy,
    remedy,
    rule,
)
from support.command_line import EXAMPLES, run
from support.engines import needs_durable
from support.tiny_policy import POLICY, customer, incident


def of_rules(*conditions: Expression) -> CheckedPolicy:
    return policy(
        *(rule(f"r{n:04}", Todo(("x",)), when=each) for n, each in enumerate(conditions)),
        param("causes", tuple(f"cause_{number}" for number in range(600)), TEXTS),
    )


def flags(count: int, **others: bool | None) -> Facts:
    """Return so many facts that are true."""
    return facts({**{f"f{number}": True for number in range(count)}, **others})


def all_of(count: int) -> list[Expression]:
    return [holds(f"f{number}") for number in range(count)]


def assert_as_the_reference(checked: CheckedPolicy, *known: Facts) -> None:
    engine, reference = DurableEngine(checked), ReferenceEngine(checked)
    for each in known:
        assert engine.evaluate(each).matches == reference.evaluate(each).matches


# --- where durable-rules would fail ---------------------------------------------------------------

CAUSE = fact("cause", TEXT)


REACHING: dict[str, list[Expression]] = {
    "more than 64 rules whose conditions are true": all_of(100),
    "more than 64 conditions of one rule are true": [both(*all_of(100))],
    "more than 64 alternatives are true": [either(*all_of(100))],
    "more than 256 rules begin alike": [both(holds("f0"), each) for each in all_of(300)],
    "more than 256 rules end alike": [both(each, holds("f0")) for each in all_of(300)],
    "more than 128 rules share an alternative": [either(each, holds("f0")) for each in all_of(300)],
    "more than 256 rules are the same": [holds("f0")] * 300,
    "one rule has 2 ** 20 ways": [both(*(either(each, holds("a")) for each in all_of(20)))],
    "one rule has more than 15 nodes": [either(*(both(each, holds("b")) for each in all_of(20)))],
    "more than 64 denials": [negation(each) for each in all_of(100)],
}


@needs_durable
@pytest.mark.parametrize("conditions", REACHING.values(), ids=REACHING)
def test_no_limit_of_durable_rules_is_reached(conditions: list[Expression]) -> None:
    known = (flags(300, a=True, b=False), flags(300, a=None, b=True), flags(300, f0=None, a=False))
    assert_as_the_reference(of_rules(*conditions), *known)


@needs_durable
@pytest.mark.parametrize(
    "condition",
    [
        passes(CAUSE, MemberOf(param_read("causes", TEXTS))),
        passes(CAUSE, OneOf(tuple(EqualTo(const(f"cause_{n}")) for n in range(600)))),
        either(*(equals(CAUSE, f"cause_{number}") for number in range(600))),
        both(*(negation(equals(CAUSE, f"cause_{number}")) for number in range(600))),
    ],
)
def test_a_list_of_600_values_is_no_matter(condition: Expression) -> None:
    known = [facts({"cause": cause}) for cause in ("cause_0", "cause_599", "else", None)]
    assert_as_the_reference(of_rules(condition), *known)


@needs_durable
def test_a_policy_of_5000_rules_is_no_matter() -> None:
    chance = Random(5)  # noqa: S311 - some facts, no secret
    pool = all_of(200)
    conditions = [both(*chance.sample(pool, 3)) for _ in range(5000)]
    known = [
        facts({f"f{number}": chance.choice((True, True, False, None)) for number in range(200)})
        for _ in range(3)
    ]
    assert_as_the_reference(of_rules(*conditions), *known)


@needs_durable
@pytest.mark.parametrize("word", ["liquid", "", "5", "'", '"', "\\", "\x00", "é", "y" * 70_000])
def test_no_text_ever_reaches_durable_rules(word: str) -> None:
    same, other = equals(CAUSE, word), equals(CAUSE, "costarring")
    known = [facts({"cause": cause}) for cause in (word, "costarring", None)]
    assert_as_the_reference(of_rules(same, other, negation(same)), *known)


@needs_durable
def test_no_number_ever_reaches_durable_rules() -> None:
    thresholds = (2**53, 2**53 + 1, 2**63, 2**64, 10**30, -(10**30))
    conditions = [at_least(fact("paid"), money(number).value) for number in thresholds]
    assert_as_the_reference(of_rules(*conditions), *(facts({"paid": n}) for n in thresholds))


# --- one engine -----------------------------------------------------------------------------------


@needs_durable
def test_a_decision_does_not_remember_the_one_before() -> None:
    engine = DurableEngine(of_rules(holds("f0"), holds("f1"), negation(holds("f0"))))
    assert engine.evaluate(facts({"f0": True, "f1": None})).matches == Matches(0b001, 0b011)
    assert engine.evaluate(facts({"f0": False, "f1": False})).matches == Matches(0b100, 0b100)
    assert engine.evaluate(facts({})).matches == Matches(0b000, 0b111)


@needs_durable
def test_an_engine_can_be_pickled_and_copied_and_the_copies_share_nothing() -> None:
    engine = DurableEngine(of_rules(holds("f0")))
    pickled: DurableEngine = pickle.loads(pickle.dumps(engine))  # noqa: S301 - made here
    for other in (pickled, copy.copy(engine), copy.deepcopy(engine)):
        assert other._cell is not engine._cell
        assert other.evaluate(flags(1)).matches == Matches(1, 1)


@needs_durable
def test_threads_that_share_an_engine_get_what_one_alone_gets() -> None:
    checked = of_rules(*all_of(100), *(both(*all_of(n)) for n in range(2, 30)))
    engine, reference = DurableEngine(checked), ReferenceEngine(checked)
    expected = [(flags(n, f5=None), reference.evaluate(flags(n, f5=None))) for n in range(0, 90, 9)]

    def differing(thread: int) -> int:
        turns = [expected[(thread + turn) % len(expected)] for turn in range(30)]
        return sum(engine.evaluate(known).matches != right.matches for known, right in turns)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(differing, range(8))) == 0


@needs_durable
def test_an_evaluation_tells_values_as_the_reference_does() -> None:
    checked = policy(rule("r", Todo(("x",)), when=is_known(fact("f0"))), define("d", holds("f0")))
    known = flags(1)
    found = DurableEngine(checked).evaluate(known)
    assert (found.policy, found.facts) == (checked, known)
    about = found.about({"remedy.value": 5})
    assert (about.matches, about.value(remedy("value"))) == (found.matches, 5)
    assert (about.truth(holds("f0")), about.defined("d")) == (True, True)


@needs_durable
def test_a_policy_is_decided_the_same_by_it() -> None:
    durable = POLICY.with_engine("durable")
    assert durable.engine == "durable"
    assert durable.decide(incident(), customer()) == POLICY.decide(incident(), customer())
    again: Policy = pickle.loads(pickle.dumps(durable))  # noqa: S301 - made here
    assert again.decide(incident(), customer()) == POLICY.decide(incident(), customer())


# --- where it is not installed --------------------------------------------------------------------


MISSING_SCREW = str(EXAMPLES / "missing-screw.yaml")


def _not_there(name: str) -> None:
    assert name == "durable_rules_engine"


def test_where_it_is_not_installed_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(native, "find_spec", _not_there)
    with pytest.raises(ModuleNotFoundError) as raised:
        POLICY.with_engine("durable")
    assert raised.value.name == "durable_rules_engine"
    assert str(raised.value) == (
        "the engine `durable` needs the package durable-rules: pip install 'remedykit[durable]'. "
        "It is built where it is installed, with a C compiler; Python 3.11 and 3.12 can have it, "
        "3.13 and newer cannot"
    )


def test_a_python_that_could_build_but_not_import_it_does_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(native, "find_spec", str)  # found
    monkeypatch.setattr(native, "sys", SimpleNamespace(version_info=(3, 13, 0)))
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'remedykit\[durable\]'"):
        POLICY.with_engine("durable")


@pytest.mark.parametrize("command", ["decide", "why", "test"])
def test_a_command_that_lacks_its_engine_ends_with_2_and_says_why(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "find_spec", _not_there)
    about = ("nurture",) if command == "test" else (MISSING_SCREW, "--policy", "nurture")
    ran = run(command, *about, "--engine", "durable")
    assert (ran.code, ran.out) == (2, "")
    assert "--engine: the engine `durable` needs the package durable-rules" in ran.err


@needs_durable
@pytest.mark.parametrize("command", ["decide", "why", "replay"])
def test_a_command_decides_by_the_engine_that_is_named(command: str) -> None:
    told = (command, str(EXAMPLES / "missing-screw-timeline.yaml"), "--policy", "nurture")
    expected = run(*told)
    assert expected.code == 0
    assert run(*told, "--engine", "durable") == expected
    assert run(*told, "--engine", "reference") == expected
