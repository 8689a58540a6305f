"""`remedykit mutate`: whether the scenarios of a policy would notice a wrong rule."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from os import cpu_count
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from remedykit.authoring.analysis.sources import own_files
from remedykit.authoring.mutation.report import Advanced, MutationReport, mutation_report
from remedykit.authoring.mutation.scenario_text import scenario_lines, scenarios_text
from remedykit.authoring.mutation.survivors import Survivor
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.authoring.scenarios.scenario import Scenario, run_scenarios
from remedykit.cli.options import Folder
from remedykit.cli.output import print_lines, print_raw, screen, words
from remedykit.cli.policies import folder_of
from remedykit.cli.scenario_view import counted, print_failed
from remedykit.diagnostics import printable
from remedykit.errors import InputError
from remedykit.model.json_text import Json, write_json
from remedykit.policy import Policy


def mutate(
    folder: Folder,
    *,
    rule: Annotated[
        str,
        typer.Option(
            "--rule",
            metavar="ID",
            help="Change only this rule, limit, define, param, fact or remedy kind.",
            show_default=False,
        ),
    ] = "",
    processes: Annotated[
        int | None,
        typer.Option(
            "--processes",
            metavar="NUMBER",
            min=1,
            help="Among how many processes to share the work out; without it one a processor.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, one object a survivor.")
    ] = False,
) -> None:
    """Change the rules in small ways and see whether the scenarios notice.

    For each change that no scenario notices, prints a scenario that would.
    """
    path = folder_of(folder, "DIR")
    policy = Policy.load(path)
    scenarios = _passing(policy, path)
    with _progress() as advanced:
        try:
            report = mutation_report(
                policy,
                scenarios,
                files=own_files(path),
                clause=rule,
                processes=processes or cpu_count() or 1,
                advanced=advanced,
            )
        except RuntimeError as error:
            raise InputError("--processes", str(error)) from error
    if rule and not report.mutants:
        raise typer.BadParameter(
            f"nothing of this policy that could be changed is called {printable(rule)}",
            param_hint="--rule",
        )
    if as_json:
        typer.echo(write_json([_to_json(each) for each in report.survivors]).encode())
    else:
        _print(screen(), report, f"{policy.name} {policy.version}")
    if report.noticeable:
        raise typer.Exit(1)


def _passing(policy: Policy, folder: Path) -> tuple[Scenario, ...]:
    """Return the scenarios of a policy, once it is certain that all of them pass."""
    scenarios = read_scenarios(policy, folder)
    name = printable(folder.as_posix())
    if not scenarios:
        told = "there are no scenarios; write them beside the rules, in files *.scenarios.yaml"
        raise InputError(name, told)
    results = run_scenarios(policy, scenarios)
    if not results.are_fine:
        print_failed(screen(), results)
        raise InputError(name, "not all scenarios pass; mend them first, then change rules")
    return scenarios


@contextmanager
def _progress() -> Generator[Advanced, None, None]:
    """Show how far it is, on a terminal; where nobody watches, nothing is shown."""
    console = screen(to_error=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("mutants")
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _print(console: Console, report: MutationReport, title: str) -> None:
    for each in report.equivalent:
        _print_survivor(console, each, "looks equivalent", "yellow", _equivalent(each))
    for each in report.noticeable:
        _print_survivor(console, each, "survived", "red", _noticeable(each))
    if report.suggestions:
        told = "# Look at what each expects; if it is right, paste it into a file *.scenarios.yaml."
        console.print(words(told))
        print_raw(console, scenarios_text(report.suggestions))
        console.print()
    counts = (
        counted(report.mutants, "mutant"),
        f"{report.killed} killed",
        f"{len(report.noticeable)} survived",
        _equivalents(report.equivalent),
    )
    style = "bold red" if report.noticeable else "bold green"
    console.print(words(f"{title}: {', '.join(counts)}", style), soft_wrap=True)


def _print_survivor(
    console: Console, survivor: Survivor, verdict: str, style: str, told: str
) -> None:
    mutant = survivor.mutant
    console.print(words(f"{mutant.place}: {mutant.clause} {verdict}", style), soft_wrap=True)
    print_lines(console, (mutant.change, told), indent=2)
    console.print()


def _noticeable(survivor: Survivor) -> str:
    suggestion = survivor.suggestion
    if suggestion is None:
        raise ValueError("nothing notices it")
    seen = f"; scenario «{suggestion.seen_in}» gives the same" if suggestion.seen_in else ""
    return f"scenario «{suggestion.name}» would notice it{seen}"


def _equivalent(survivor: Survivor) -> str:
    tried = counted(survivor.tried, "situation")
    told = f"no scenario was found that would notice it; {tried} tried"
    if not survivor.unexpectable:
        return f"{told}, all decided the same"
    return (
        f"{told}, {survivor.unexpectable} decided otherwise, but in nothing that a scenario "
        "can expect"
    )


def _equivalents(survivors: Sequence[Survivor]) -> str:
    """Return how many mutants look equivalent, and how far was searched: that is no proof."""
    told = f"{len(survivors)} {'looks' if len(survivors) == 1 else 'look'} equivalent"
    if not survivors:
        return told
    least, most = (pick(each.tried for each in survivors) for pick in (min, max))
    tried = counted(most, "situation") if least == most else f"{least} to {most} situations"
    return f"{told} (no scenario was found in {tried})"


def _to_json(survivor: Survivor) -> Json:
    mutant, suggestion = survivor.mutant, survivor.suggestion
    return {
        "clause": mutant.clause,
        "file": mutant.place.file,
        "line": mutant.place.line,
        "column": mutant.place.column,
        "operator": mutant.operator,
        "change": mutant.change,
        "verdict": "equivalent" if suggestion is None else "survived",
        "tried": survivor.tried,
        "decided_otherwise": survivor.unexpectable,
        "scenario": "" if suggestion is None else "\n".join(scenario_lines(suggestion)),
        "seen_in": "" if suggestion is None else suggestion.seen_in,
    }
