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


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """Collect a file of scenarios."""
    if not file_path.name.endswith(_SUFFIX):
        return None
    from pytest_remedykit.items import scenario_file  # noqa: PLC0415 - see the top

    return scenario_file(parent, file_path)
