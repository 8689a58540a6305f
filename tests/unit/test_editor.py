"""What an editor shows: a real YAML language server is asked, with the schemas that are written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from remedykit.authoring.scenarios.reading import SUFFIX
from remedykit.authoring.schemas.files import (
    POLICY_FILE,
    SCENARIOS_FILE,
    names_in,
    schema_files,
    schema_line,
)
from remedykit.authoring.schemas.names import Names
from support.command_line import ROOT
from support.language_server import LanguageServer, Marked, language_server
from support.node_packages import find_node, installed
from support.pages import blocks_of

# One server answers all of them, and is installed once.
pytestmark = pytest.mark.xdist_group("language-server")

NURTURE = ROOT / "rules" / "nurture"
POLICIES = (NURTURE, ROOT / "rules" / "transactional", ROOT / "examples" / "parcel-shop")


@pytest.fixture(scope="module")
def command() -> tuple[str, ...]:
    """The command that starts a server, which is installed if need be."""
    node = find_node()
    if node is None:
        pytest.skip("there is no node and npm on this machine")
    modules = installed("language_server", node)
    return (*node.node, str(modules / "yaml-language-server" / "bin" / "yaml-language-server"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the schemas of `nurture`."""
    folder = tmp_path_factory.mktemp("editor")
    for name, text in schema_files(names_in(NURTURE)).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(command: tuple[str, ...], folder: Path) -> Iterator[LanguageServer]:
    settings = {(folder / SCENARIOS_FILE).as_uri(): f"*{SUFFIX}"}
    with language_server(command, folder, settings) as running:
        yield running


class Editor:
    """An editor with a file of its own, in which the cursor stands where the text has a ``|``."""

    def __init__(self, server: LanguageServer, file: Path, text: str, head: str = "") -> None:
        before, _, after = f"{head}{text}".partition("|")
        self._server = server
        self._file = file
        self._line = before.count("\n")
        self._column = len(before.rpartition("\n")[2])
        self.marked = server.open(file, before + after)

    @property
    def words_marked(self) -> list[str]:
        return [each.message for each in self.marked]

    def completions(self) -> dict[str, dict[str, Any]]:
        return self._server.completions(self._file, self._line, self._column)

    def hover(self) -> str:
        return self._server.hover(self._file, self._line, self._column)


Opens = Callable[[str], Editor]


@pytest.fixture(scope="module")
def policy(server: LanguageServer, folder: Path) -> Opens:
    """Opens a policy file whose first line names its schema."""
    head = f"{schema_line(POLICY_FILE)}\n"
    number = count()
    return lambda text: Editor(server, folder / f"{next(number)}.yaml", text, head)


@pytest.fixture(scope="module")
def scenarios(server: LanguageServer, folder: Path) -> Opens:
    """Opens a file of scenarios, whose schema the settings of the editor name."""
    number = count()
    return lambda text: Editor(server, folder / f"{next(number)}{SUFFIX}", text)


WHEN = "rules:\n  - id: late\n    when:\n      "

# --- messages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("folder_of", POLICIES, ids=lambda path: path.name)
def test_nothing_is_marked_in_what_is_shipped(
    command: tuple[str, ...], folder_of: Path, tmp_path: Path
) -> None:
    for name, text in schema_files(names_in(folder_of)).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    shutil.copytree(folder_of, tmp_path / "rules")

    with language_server(command, tmp_path) as running:
        for file in sorted((tmp_path / "rules").rglob("*.yaml")):
            schema = SCENARIOS_FILE if file.name.endswith(SUFFIX) else POLICY_FILE
            text = f"{schema_line(f'../{schema}')}\n{file.read_text(encoding='utf-8')}"
            assert running.open(file, text) == (), file.name


def test_a_misspelt_key_and_a_misspelt_fact_are_marked_where_they_stand(policy: Opens) -> None:
    editor = policy(WHEN + "incident.days_lat: 3..\n    offr: reship\n")

    assert editor.marked == (
        Marked(4, 6, "Property incident.days_lat is not allowed."),
        Marked(5, 4, "Property offr is not allowed."),
    )


def test_a_wrong_word_is_marked_with_those_that_there_are(policy: Opens) -> None:
    (message,) = policy(WHEN + "customer.tier: [gold, golden]\n    offer: coupon\n").words_marked

    assert message.startswith('Value is not accepted. Valid values: "standard", "bronze", ')


def test_a_lost_dot_is_marked_with_how_to_write_it(policy: Opens) -> None:
    editor = policy(WHEN + "incident.days_late: ..3.\n    offer: coupon\n")

    assert editor.words_marked == ["write a value such as 3, or a range such as 3.. or ..3"]


def test_what_a_remedy_lacks_is_marked(policy: Opens) -> None:
    editor = policy("remedies:\n  lamp:\n    part: fix\n    value: 3.00\n    gives: exchange\n")

    assert editor.words_marked == ['Missing property "say".']


def test_a_misspelt_expectation_is_marked_in_a_scenario(scenarios: Opens) -> None:
    editor = scenarios(
        "scenarios:\n  - name: x\n    given: {incident: {kind: damaged}, customer: {}}\n"
        "    expect: {frist: reship}\n"
    )

    assert editor.words_marked == ["Property frist is not allowed."]


def test_the_settings_in_the_docs_tell_the_files_apart(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    page = blocks_of(ROOT / "docs" / "editors.md")
    (shown,) = (block for block in page if block.language == "json")
    folder_of = tmp_path / "my-policy"
    folder_of.mkdir()
    for name, text in schema_files(Names.built_in()).items():
        (folder_of / name).write_text(text, encoding="utf-8")

    with language_server(command, tmp_path, json.loads(shown.text)["yaml.schemas"]) as running:
        policy = running.open(folder_of / "late.yaml", "bases: {a: {at: x}}\n")
        scenarios = running.open(folder_of / f"late{SUFFIX}", "rules: []\n")

    assert [each.message for each in policy] == ["Property bases is not allowed."]
    assert [each.message for each in scenarios] == ["Property rules is not allowed."]


# --- completion --------------------------------------------------------------------------------


def test_facts_and_defines_are_offered_under_when_with_what_they_mean(policy: Opens) -> None:
    offered = policy(WHEN + "|\n").completions()

    assert offered["incident.days_late"]["documentation"].startswith("whole days from ")
    assert {"any", "customer.tier", "impaired", "remedy.value"} <= offered.keys()


@pytest.mark.parametrize(
    "before",
    [
        "incident.desired: |",
        "incident.desired: [money, |]",
        "incident.desired:\n        not: |",
        "any:\n        - incident.desired: |",
    ],
)
def test_the_words_of_a_fact_are_offered_wherever_it_is_tested(policy: Opens, before: str) -> None:
    assert {"goods", "money"} <= policy(f"{WHEN}{before}\n").completions().keys()


def test_facts_are_offered_in_any_and_in_unless(policy: Opens) -> None:
    nested = WHEN + "any:\n        - incident.kind: damaged\n          |\n"
    unless = "rules:\n  - id: x\n    unless:\n      |\n"

    assert "customer.tier" in policy(nested).completions()
    assert "customer.tier" in policy(unless).completions()
    assert "remedy.value" not in policy(unless).completions()


def test_params_are_offered_as_ranges(policy: Opens) -> None:
    offered = policy(WHEN + "customer.tenure_years: |\n").completions()

    assert offered["loyal_after_years.."]["insertText"] == "loyal_after_years.."


def test_keys_are_offered_that_are_not_there_yet(policy: Opens) -> None:
    offered = policy("rules:\n  - id: x\n    offer: coupon\n    |\n").completions()

    assert {"when", "unless", "because"} <= offered.keys()
    assert not {"id", "offer", "part"} & offered.keys()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rules:\n  - id: x\n    offer: |\n", "reship"),
        ("rules:\n  - id: x\n    offer:\n      reship:\n        |\n", "resolved_in_days"),
        ("rules:\n  - id: x\n    forbid: {part: |}\n", "perk"),
        ("remedies:\n  x:\n    gives: |\n", "money_now"),
        ("|\n", "remedies"),
        ("extends: |\n", "transactional"),
        ("define:\n  x:\n    |\n", "first"),
        ("ranking:\n  |\n", "perk_when"),
    ],
)
def test_the_words_of_the_language_and_of_the_policy_are_offered(
    policy: Opens, text: str, expected: str
) -> None:
    assert expected in policy(text).completions()


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("expect:\n      |", "not_offered"),
        ("expect:\n      first: |", "reship"),
        ("expect:\n      withheld:\n        reship: |", "needs_fact"),
        ("given:\n      incident:\n        |", "days_late"),
        ("given:\n      incident:\n        kind: |", "lost_package"),
        ("given:\n      customer:\n        tier: |", "gold"),
    ],
)
def test_expectations_and_what_is_given_are_offered_in_scenarios(
    scenarios: Opens, after: str, expected: str
) -> None:
    assert expected in scenarios(f"scenarios:\n  - name: x\n    {after}\n").completions()


# --- hover -------------------------------------------------------------------------------------


def test_a_fact_is_explained(policy: Opens) -> None:
    assert (
        "whole days from the promised time to delivery"
        in policy(WHEN + "incident.da|ys_late: 3..\n").hover()
    )


def test_a_key_is_explained_as_the_docs_do(policy: Opens) -> None:
    hover = policy("rules:\n  - id: x\n    off|er: reship\n    basis: goodwill\n").hover()

    assert "offers remedies; `basis: goodwill` beside it makes them goodwill" in hover


def test_an_expectation_is_explained(scenarios: Opens) -> None:
    hover = scenarios("scenarios:\n  - name: x\n    expect: {not_of|fered: reship}\n").hover()

    assert "these kinds are not offered" in hover
