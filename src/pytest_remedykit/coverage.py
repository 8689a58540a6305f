"""Rule coverage of a pytest run: what scenarios show, also in the processes of pytest-xdist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest

from pytest_remedykit.policies import Scenarios
from remedykit.authoring.coverage.measuring import Meter
from remedykit.authoring.coverage.outcome import CoverageOptions, CoverageOutcome, section_of
from remedykit.errors import RemedykitError
from remedykit.model.decision import Decision
from remedykit.model.json_text import Json, read_json, write_json
from remedykit.policy import Policy

_SENT = "remedykit_rule_cov"  # among what a process of pytest-xdist sends when it ends


@dataclass(slots=True)
class _Seen:
    """What was seen of the policy in a folder: targets as a set of bits, and of how many."""

    meter: Meter
    seen: int = 0
    decisions: int = 0


@dataclass
class RuleCoverage:
    """Collects what scenarios show while pytest runs, and tells it at the end.

    Where pytest-xdist runs them, each process sends what it saw, and the first one tells it.
    """

    config: pytest.Config
    options: CoverageOptions
    _by_folder: dict[Path, _Seen] = field(default_factory=dict[Path, _Seen])

    def saw(self, beside: Scenarios, decision: Decision) -> None:
        """Take note of what a scenario's decision shows."""
        if beside.folder not in self._by_folder:
            self._by_folder[beside.folder] = _Seen(Meter.of(beside.policy))
        found = self._by_folder[beside.folder]
        found.seen |= found.meter.seen_by(decision)
        found.decisions += 1

    @cached_property
    def outcome(self) -> CoverageOutcome:
        """What becomes of it; facts are searched for what is missing."""
        return CoverageOutcome(
            tuple(
                section_of(found.meter, folder, found.seen, found.decisions)
                for folder, found in sorted(self._by_folder.items())
            ),
            self.options,
        )

    # --- hooks of pytest -----------------------------------------------------------------------

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Send what was seen, or write it and let the run fail where it is too little."""
        sent: object = getattr(self.config, "workeroutput", None)
        if isinstance(sent, dict):
            sent[_SENT] = self._to_json()
        elif not self.config.getoption("collectonly"):
            self._write()
            if session.exitstatus == pytest.ExitCode.OK and self.outcome.complaints():
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over what a process of pytest-xdist has seen; one that broke down sends nothing."""
        sent: Mapping[str, object] = getattr(node, "workeroutput", {})
        if _SENT in sent:
            self._take(read_json(str(sent[_SENT]), _SENT))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell what was seen and what is missing."""
        if hasattr(self.config, "workeroutput") or self.config.getoption("collectonly"):
            return
        terminalreporter.write_sep("=", "rule coverage")
        for line in self.outcome.lines():
            terminalreporter.write_line(line)

    def _write(self) -> None:
        try:
            self.outcome.write()
        except RemedykitError as error:
            raise pytest.UsageError(str(error)) from None

    # --- between processes ---------------------------------------------------------------------

    def _to_json(self) -> str:
        """Return what was seen; sets of targets as hexadecimal texts, for they may be large."""
        records: list[Json] = [
            {
                "folder": folder.as_posix(),
                "digest": found.meter.policy.digest,
                "seen": f"{found.seen:x}",
                "decisions": found.decisions,
            }
            for folder, found in self._by_folder.items()
        ]
        return write_json(records)

    def _take(self, records: Json) -> None:
        for record in records if isinstance(records, list) else ():
            match record:
                case {
                    "folder": str() as name,
                    "digest": digest,
                    "seen": str() as seen,
                    "decisions": int() as decisions,
                }:
                    found = self._of(Path(name))
                    if found.meter.policy.digest != digest:
                        raise pytest.UsageError(f"the policy in {name} changed while it was tested")
                    found.seen |= int(seen, 16)
                    found.decisions += decisions
                case _:
                    pass

    def _of(self, folder: Path) -> _Seen:
        if folder not in self._by_folder:
            self._by_folder[folder] = _Seen(Meter.of(Policy.load(folder)))
        return self._by_folder[folder]


RULE_COVERAGE = pytest.StashKey[RuleCoverage]()


def measure(config: pytest.Config) -> None:
    """Measure rule coverage in this run.

    Raises:
        UsageError: if an option is wrong.
    """
    fail_under, html, json = (
        str(config.getoption(f"rule_cov_{name}")) for name in ("fail_under", "html", "json")
    )
    try:
        options = CoverageOptions.read(fail_under, html, json)
    except ValueError as error:
        raise pytest.UsageError(f"--rule-cov-fail-under: {error}") from None
    coverage = RuleCoverage(config, options)
    config.stash[RULE_COVERAGE] = coverage
    config.pluginmanager.register(coverage, "remedykit-rule-coverage")
