"""The command `remedykit` and what holds for all its commands: exit codes, faults, quiet ends."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import remedykit
from remedykit.cli.check import check
from remedykit.cli.decide import decide
from remedykit.cli.facts import facts
from remedykit.cli.golden import golden
from remedykit.cli.mutate import mutate
from remedykit.cli.new import new
from remedykit.cli.output import end_unread, print_raw, screen
from remedykit.cli.replay import replay
from remedykit.cli.schema import schema
from remedykit.cli.show import show
from remedykit.cli.test import run_tests
from remedykit.cli.why import why
from remedykit.errors import RemedykitError

WRONG = 1  # the policy or the input is wrong; wrong usage is 2, which typer sees to


class _Commands(TyperGroup):
    """Runs a command and turns what may end it into an exit code, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that `ctx` names; the class of that depends on typer's version."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except RemedykitError as error:
            print_raw(screen(to_error=True), str(error), "red")
            raise typer.Exit(WRONG) from None
        except BrokenPipeError:
            end_unread()
        return result


app = typer.Typer(
    name="remedykit",
    cls=_Commands,
    help="Ranked, explained remedies for service incidents, from declarative rules.",
    epilog="Exit codes: 0 fine, 1 the policy or the input is wrong, 2 wrong usage.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(decide)
app.command()(why)
app.command()(replay)
app.command()(check)
app.command("test")(run_tests)
app.command()(golden)
app.command()(mutate)
app.command()(facts)
app.command()(new)
app.command()(show)
app.command()(schema)


def _version(asked: bool) -> None:
    if asked:
        screen().print(f"remedykit {remedykit.__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Ranked, explained remedies for service incidents, from declarative rules."""


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # an old terminal has few characters
    app(prog_name="remedykit")
