"""Files of scenarios and their scenarios as pytest collects and runs them."""

from __future__ import annotations

from collections.abc import Iterator
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import pytest

from pytest_remedykit.coverage import RULE_COVERAGE
from pytest_remedykit.policies import Policies, Scenarios
from remedykit.authoring.scenarios.scenario import Scenario, run_scenario
from remedykit.diagnostics import printable
from remedykit.errors import InputError, RemedykitError

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr  # pytest has no public name for it

_Style = Literal["long", "short", "auto", "line", "no", "native", "value"]
_Made = TypeVar("_Made", bound=pytest.Item | pytest.Collector)
_POLICIES = pytest.StashKey[Policies]()


class ScenarioFailed(Exception):  # noqa: N818 - a failed test is no error of the program
    """A decision is not as its scenario expects; the text says where and why."""


class ScenarioFile(pytest.File):
    """A file of scenarios, beside the rules of its policy."""

    def collect(self) -> Iterator[ScenarioItem]:
        """Yield its scenarios.

        Raises:
            CollectError: if there is no policy, or it or its scenarios are wrong; of several files
                of one policy, only the first to be collected says so.
        """
        policies = self.config.stash.setdefault(_POLICIES, Policies(self.config.rootpath))
        try:
            scenarios = policies.scenarios_of(self.path)
        except RemedykitError as error:
            raise self.CollectError(str(error)) from None
        finally:
            for warning in policies.told():
                self.warn(pytest.PytestCollectionWarning(warning.render()))
        if scenarios is not None:
            for scenario in scenarios.of_file(self.path):
                yield ScenarioItem.of(self, scenario, scenarios)


class ScenarioItem(pytest.Item):
    """One scenario as a test."""

    beside: Scenarios
    scenario: Scenario

    @classmethod
    def of(cls, parent: ScenarioFile, scenario: Scenario, beside: Scenarios) -> ScenarioItem:
        """Return the test of a scenario; one that is known to fail is marked as such."""
        item = _made(cls, parent, name=printable(scenario.name))
        item.beside, item.scenario = beside, scenario
        if scenario.xfail:
            # a scenario that cannot even be decided is no known failure
            item.add_marker(
                pytest.mark.xfail(reason=scenario.xfail, strict=True, raises=ScenarioFailed)
            )
        return item

    def runtest(self) -> None:
        """Decide the scenario.

        Raises:
            ScenarioFailed: if the decision is not as expected.
            InputError: if what is given is wrong.
        """
        outcome = run_scenario(self.beside.policy, self.scenario)
        measured = self.config.stash.get(RULE_COVERAGE, None)
        if measured is not None:
            measured.saw(self.beside, outcome.decision)
        if not outcome.passed:
            raise ScenarioFailed(f"{outcome.report()}\n\n{self.scenario.place}")

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: _Style | None = None
    ) -> str | TerminalRepr:
        """Return what was expected, what came and why; no traceback."""
        if isinstance(excinfo.value, ScenarioFailed | InputError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return file, line (from 0) and name."""
        return self.path, self.scenario.place.line - 1, self.name


def scenario_file(parent: pytest.Collector, path: Path) -> ScenarioFile:
    """Return what collects a file of scenarios."""
    return _made(ScenarioFile, parent, path=path)


def _made(cls: type[_Made], parent: pytest.Collector, **arguments: object) -> _Made:
    # called by its name, because pytest's own constructor declares no types
    made: _Made = methodcaller("from_parent", parent, **arguments)(cls)
    return made
