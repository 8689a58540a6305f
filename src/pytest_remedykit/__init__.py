"""The pytest plugin: collects the scenarios beside a policy's rules as tests.

Every pytest run of an environment with remedykit imports this module, so it imports nothing: what
collects is imported when there is a file to collect. It stands beside the package `remedykit`
because importing anything in there imports all that decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from pytest_remedykit.items import ScenarioFile

_SUFFIX = ".scenarios.yaml"
_RULE_COVERAGE = ("rule_cov", "rule_cov_fail_under", "rule_cov_html", "rule_cov_json")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of rule coverage."""
    group = parser.getgroup("remedykit", "scenarios of remedykit policies")
    group.addoption(
        "--rule-cov",
        action="store_true",
        help="tell which rules, tests and rows of the policies their scenarios exercise",
    )
    group.addoption(
        "--rule-cov-fail-under",
        metavar="PERCENT",
        default="",
        help="fail if less of a policy is exercised",
    )
    group.addoption(
        "--rule-cov-html",
        metavar="FILE",
        default="",
        help="write a page that shows it line by line",
    )
    group.addoption("--rule-cov-json", metavar="FILE", default="", help="write it as JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Measure rule coverage where an option asks for it."""
    if any(config.getoption(name) for name in _RULE_COVERAGE):
        from pytest_remedykit.coverage import measure  # noqa: PLC0415 - see the top

        measure(config)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """Collect a file of scenarios."""
    if not file_path.name.endswith(_SUFFIX):
        return None
    from pytest_remedykit.items import scenario_file  # noqa: PLC0415 - see the top

    return scenario_file(parent, file_path)
