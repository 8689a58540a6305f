"""Whatever is done to a file, it is decided on, or refused at a place: nothing else ever happens.

Each mutation has a seed of its own, which stands with the mutated text in the report of a failure.
"""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from remedykit import Decision, InputError, Policy, PolicyError
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.authoring.scenarios.scenario import run_scenario
from remedykit.cli.inputs import read_asked
from remedykit.diagnostics import Diagnostic
from remedykit.language.plain import read_yaml_input
from support.command_line import run
from support.mutations import (
    VALUES,
    Branch,
    Tree,
    as_json,
    as_yaml,
    damaged_text,
    damaged_tree,
    tree_of,
)
from support.objects import OBJECTS
from support.tiny_policy import TEXT

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "decision.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
FULL = ROOT / "tests" / "support" / "full_input.yaml"
INPUTS = [path.read_bytes() for path in (*sorted(ROOT.glob("examples/*.yaml")), FULL)]
INPUT_TREES = [tree_of(raw) for raw in INPUTS]
SHIPPED = {name: Policy.shipped(name) for name in ("nurture", "transactional")}
STORED = read_asked(str(FULL)).decide(SHIPPED["transactional"], None).to_json()
STORED_TREE = tree_of(STORED.encode())
LONGEST = 10  # seconds of the processor; the questions about a bare incident take one
ARGUMENTS = ("incident", "customer", "case", "facts", "at")
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # categories of characters that no message may have

Files = dict[str, bytes]


def files_in(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}


# Often one of the many small files, seldom the large policy, which takes 80 ms to load.
GOLDEN = [
    {path.name: path.read_bytes()}
    for path in sorted(ROOT.glob("tests/golden/errors/*.yaml"))
    if path.stat().st_size < 20_000
]
SMALL = [
    {"policy.yaml": TEXT.encode()},
    files_in(ROOT / "examples" / "delay-repay"),
    files_in(ROOT / "src" / "remedykit" / "cli" / "template"),
    files_in(ROOT / "rules" / "transactional"),
]
LARGE = [files_in(ROOT / "rules" / "nurture")]


class Fuzz:
    """One mutation: what it does to which file, and what must come of it."""

    def __init__(self, chance: Random, scratch: Path) -> None:
        """Damage something in the folder `scratch`; all that is random comes from `chance`."""
        self.chance = chance
        self.scratch = scratch
        self.written = ""

    def run(self) -> bool:
        """Mutate something of some sort, look at what comes of it; return whether it is fine."""
        sort = self.chance.choices(
            (self.policy, self.input, self.objects, self.stored, self.command), (10, 8, 4, 2, 0.2)
        )[0]
        return sort()

    # --- what is mutated -----------------------------------------------------------------------

    def policy(self) -> bool:
        """Load a folder with one damaged file; decide with what it is taken for."""
        corpora, weights = (GOLDEN, SMALL, LARGE), (25, 60, 2)
        files = self.chance.choice(self.chance.choices(corpora, weights)[0])
        folder = self._folder_with_damage(files)
        try:
            policy = Policy.load(folder)
            assert_told(policy.warnings)
            for scenario in read_scenarios(policy, folder):
                run_scenario(policy, scenario)
        except PolicyError as error:
            assert_told(error.diagnostics)
            assert_visible(str(error) or "\0")
            return False
        except InputError as error:  # of a scenario
            assert_placed(error)
            return False
        else:
            assert_visible(policy._repr_html_())
            for raw in self.chance.sample(INPUTS, 2):
                tree = read_yaml_input(raw, "in.yaml").tree
                assert isinstance(tree, dict)
                self._decide(policy, tree)
            return True

    def input(self) -> bool:
        """Decide on a damaged file, in YAML or in JSON."""
        as_text, suffix = self.chance.choice(((as_yaml, "yaml"), (as_json, "json")))
        path = self.scratch / f"in.{suffix}"
        path.write_bytes(self._damaged_input(as_text is as_json))
        policy = self._shipped()
        try:
            decision = read_asked(str(path)).decide(policy, None)
        except InputError as error:
            assert_placed(error, f"{path}:")
            return False
        self._look_at(policy, decision)
        return True

    def objects(self) -> bool:
        """Decide on a map with Python objects in it."""
        holes: list[Tree] = [f'"object:{name}"' for name in OBJECTS]
        tree = damaged_tree(self.chance.choice(INPUT_TREES), self.chance, holes)
        self.written = as_json(tree)
        try:
            handed = with_objects(read_yaml_input(self.written.encode(), "in").tree)
        except InputError:
            return False  # equal keys, or nested too deep: no map could be made
        return isinstance(handed, dict) and self._decide(self._shipped(), handed)

    def stored(self) -> bool:
        """Read a damaged decision, and decide again on it."""
        if self.chance.random() < 0.7:
            self.written = as_json(damaged_tree(STORED_TREE, self.chance))
        else:
            self.written = damaged_text(STORED, self.chance)
        policy = SHIPPED["transactional"]
        try:
            decision = Decision.from_json(self.written)
            assert_visible(decision._repr_html_())
            policy.replay(decision)
            policy.why(decision)
        except InputError as error:
            assert_placed(error)
            return False
        return True

    def command(self) -> bool:
        """Run a command on a damaged file; it ends with 0 or 1 and prints nothing invisible."""
        path = self.scratch / "in.yaml"
        path.write_bytes(self._damaged_input(json_scalars=False))
        option = self.chance.choice(((), ("--json",)))
        ran = run("decide", path, "--policy", "transactional", *option)
        assert ran.code == (1 if ran.err else 0)
        assert_visible(ran.out + ran.err)
        return not ran.err

    # --- how -----------------------------------------------------------------------------------

    def _folder_with_damage(self, files: Files) -> Path:
        folder = self.scratch / "policy"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        name = self.chance.choice(sorted(files))
        for each, raw in files.items():
            damaged = self._damaged(raw, tree_of(raw)) if each == name else raw
            (folder / each).write_bytes(damaged)
        return folder

    def _damaged_input(self, json_scalars: bool) -> bytes:
        number = self.chance.randrange(len(INPUTS))
        if json_scalars:
            raw = as_json(INPUT_TREES[number]).encode()
            return self._damaged(raw, INPUT_TREES[number], as_json)
        return self._damaged(INPUTS[number], INPUT_TREES[number])

    def _damaged(self, raw: bytes, tree: Tree, writer: Callable[[Tree], str] = as_yaml) -> bytes:
        if self.chance.random() < 0.4:
            self.written = writer(damaged_tree(tree, self.chance))
        else:
            self.written = damaged_text(raw.decode(errors="replace"), self.chance)
        raw = self.written.encode("utf-8", "surrogatepass")
        if self.chance.random() < 0.02:
            at = self.chance.randrange(len(raw) + 1)
            raw = raw[:at] + self.chance.randbytes(3) + raw[at:]
        return raw

    def _shipped(self) -> Policy:
        return SHIPPED[self.chance.choices(("nurture", "transactional"), (1, 4))[0]]

    # --- what must come of it ------------------------------------------------------------------

    def _decide(self, policy: Policy, tree: Mapping[str, object]) -> bool:
        given: dict[str, Any] = {key: tree.get(key) for key in ARGUMENTS}
        try:
            decision = policy.decide(**given)
        except InputError as error:
            assert_placed(error)
            return False
        self._look_at(policy, decision)
        return True

    def _look_at(self, policy: Policy, decision: Decision) -> None:
        text = decision.to_json()
        assert_visible(decision.plan.message)
        assert_visible(decision._repr_html_())
        if self.chance.random() < 0.2:
            questions = policy.questions(decision)
            VALIDATOR.validate(json.loads(decision.to_json(questions=questions)))
            assert policy.replay(Decision.from_json(text)).to_json() == text
            why = policy.why(decision)
            assert_visible(str(why) + why._repr_html_())


def with_objects(tree: object) -> object:
    """Return a tree with objects in the holes that name them."""
    match tree:
        case dict():
            return {key: with_objects(part) for key, part in tree.items()}
        case list():
            return [with_objects(part) for part in tree]
        case str() if tree.startswith("object:"):
            return OBJECTS[tree.removeprefix("object:")]()
        case _:
            return tree


def assert_told(diagnostics: Iterable[Diagnostic]) -> None:
    for each in diagnostics:
        assert each.message.strip()
        assert each.place.file
        assert min(each.place.line, each.place.column) >= 1
        assert (each.place.end_line, each.place.end_column) >= (each.place.line, each.place.column)
        assert_visible(each.render())


def assert_placed(error: InputError, beginning: str = "") -> None:
    assert error.where
    assert error.problem.strip()
    assert str(error).startswith(beginning)
    assert_visible(str(error))


def assert_visible(text: str) -> None:
    hidden = {each for each in set(text) - {"\n"} if unicodedata.category(each) in HIDDEN}
    assert not hidden
    assert len(text) < 10_000_000


def mutate(seed: int, count: int, scratch: Path) -> None:
    """Do so many mutations; a failure tells its number, and what was read."""
    fine = 0
    for number in range(count):
        fuzz = Fuzz(Random(f"{seed}.{number}"), scratch)  # noqa: S311 - no secret
        began = time.process_time()
        try:
            fine += fuzz.run()
            assert time.process_time() - began < LONGEST
        except Exception as error:
            error.add_note(f"mutation {seed}.{number} of:\n{fuzz.written[:3_000]}")
            raise
    assert 0.1 < fine / count < 0.5  # else most of them reach nothing, or do nothing


@pytest.mark.parametrize("seed", range(4))
def test_two_thousand_mutations_end_in_a_decision_or_a_clear_refusal(
    seed: int, tmp_path: Path
) -> None:
    mutate(seed, 500, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 150))
def test_a_hundred_thousand_mutations_end_in_a_decision_or_a_clear_refusal(
    seed: int, tmp_path: Path
) -> None:
    mutate(seed, 2_000, tmp_path)


def test_the_mutations_reach_what_they_are_about() -> None:
    """Without any damage, everything that is mutated is fine."""
    for raw, tree in zip(INPUTS, INPUT_TREES, strict=True):
        assert isinstance(tree, Branch)
        assert read_yaml_input(raw, "in").tree == read_yaml_input(as_yaml(tree).encode(), "in").tree
        assert read_yaml_input(raw, "in").tree == read_yaml_input(as_json(tree).encode(), "in").tree
    assert len(GOLDEN) > 200
    assert {type(value) for value in VALUES} == {str, Branch}
