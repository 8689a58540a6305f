"""Checking one policy: everything that there is to say about it, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from remedykit.authoring.analysis import findings, sources_in
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.authoring.scenarios.scenario import Results, run_scenarios
from remedykit.diagnostics import Diagnostic, Findings
from remedykit.errors import InputError, PolicyError
from remedykit.language.calendars import warn_of_ends
from remedykit.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check of one policy found.

    Attributes:
        folder: of the policy.
        warnings: in the order of their place.
        errors: of the policy's files or, if those are fine, of its scenarios' files; in the same
            order.
        unreadable: the file of scenarios that could not be read, if there was one.
        policy: what was checked; ``None`` if its files are wrong.
        results: of its scenarios; ``None`` if these could not be read.
    """

    folder: Path
    warnings: tuple[Diagnostic, ...] = ()
    errors: tuple[Diagnostic, ...] = ()
    unreadable: InputError | None = None
    policy: Policy | None = None
    results: Results | None = None

    @property
    def is_fine(self) -> bool:
        """Whether nothing is wrong; a warning is not wrong."""
        return self.results is not None and self.results.are_fine


def check_folder(folder: Path, today: date) -> CheckReport:
    """Return what is wrong or looks wrong with a policy, and what became of its scenarios.

    Args:
        folder: of the policy.
        today: the day from which its calendars must reach a year ahead.
    """
    try:
        policy = Policy.load(folder)
        sources = sources_in(folder)
    except PolicyError as error:
        return CheckReport(folder=folder, errors=error.diagnostics)
    ending = Findings(dict(sources))
    warn_of_ends(policy.checked.calendars, today, ending)
    found = (*policy.warnings, *findings(policy, sources), *ending.sorted())
    warnings = tuple(sorted(found, key=lambda each: each.place))
    try:
        results = run_scenarios(policy, read_scenarios(policy, folder))
    except PolicyError as error:
        return CheckReport(
            folder=folder, policy=policy, warnings=warnings, errors=error.diagnostics
        )
    except InputError as error:
        return CheckReport(folder=folder, policy=policy, warnings=warnings, unreadable=error)
    return CheckReport(folder=folder, policy=policy, warnings=warnings, results=results)
