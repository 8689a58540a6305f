"""`remedykit show`: a policy together with those that it extends, as one."""

from __future__ import annotations

from typing import Annotated

import typer

from remedykit.authoring.composed_text import composed_text, rule_names, rule_text
from remedykit.cli.options import Folder
from remedykit.cli.policies import find_policy, layers_named
from remedykit.diagnostics import Findings, printable
from remedykit.errors import PolicyError
from remedykit.language.load import read_composed
from remedykit.language.names import did_you_mean


def show(
    policy: Folder,
    rule: Annotated[
        str | None,
        typer.Option("--rule", metavar="ID", help="Show this rule only.", show_default=False),
    ] = None,
) -> None:
    """Print a policy with all that it extends, as one YAML file that loads to the same.

    Before each part a comment tells the file and line that it comes from, and what it overrides.
    The comments and the layout of the files are not kept.
    """
    findings = Findings()
    composed = read_composed(layers_named(policy, findings), findings)
    if composed is None:
        raise PolicyError(findings.errors)
    find_policy(policy)  # tells what else is wrong with it
    if rule is None:
        typer.echo(composed_text(composed), nl=False)
        return
    text = rule_text(composed, rule)
    if text is None:
        hint = did_you_mean(rule, rule_names(composed), "show the policy without --rule")
        raise typer.BadParameter(f"there is no rule {printable(rule)}; {hint}", param_hint="--rule")
    typer.echo(text, nl=False)
