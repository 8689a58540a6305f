"""Decides both true stories under `transactional` and `nurture` and shows what customers get."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

from rich.console import Console
from rich.table import Table
from rich.text import Text

from remedykit import Decision, Policy
from remedykit.cli.inputs import read_asked
from remedykit.cli.output import heading, print_table, screen, words
from remedykit.model.decision import Remedy
from remedykit.model.words import PARTS, Part

HERE = Path(__file__).parent
STORIES = (
    ("lost-parcels", "Two parcels lost, a week late, never scanned by the carrier. In stock."),
    ("lost-parcels-out-of-stock", "The same, but nothing is left to send."),
    ("missing-screw", "A cabinet lacks one screw, its box is gone. The part is at hand."),
    ("missing-screw-no-part", "The same, but the part cannot be had."),
    (
        "missing-screw-repaired",
        "The same, later: 8 USD refused; 5 trips, 25 USD, repaired himself.",
    ),
)
BEFORE, AFTER = "transactional", "nurture"
PART_WIDTH, BEFORE_WIDTH, AFTER_WIDTH = 11, 32, 53  # and two blanks between them: 100 columns
LINES = 2  # of a text that are shown
LABELS: dict[Part, str] = {"fix": "fix (worth)"}


def main() -> None:
    """Print a block a story: one row a part, one column a policy."""
    console = screen()
    policies = Policy.shipped(BEFORE), Policy.shipped(AFTER)
    titles = (f"{BEFORE} (as most shops do)", f"{AFTER} (what remedykit is for)")
    print_table(console, _row(Text(), *(words(title, "bold underline") for title in titles)))
    for number, (name, title) in enumerate(STORIES, start=1):
        asked = read_asked(str(HERE / f"{name}.yaml"))
        before, after = (asked.decide(policy, None) for policy in policies)
        _print_story(console, f"{number}. {title}", before, after)
    console.print(heading("More: remedykit decide examples/lost-parcels.yaml --policy nurture"))


def _print_story(console: Console, title: str, before: Decision, after: Decision) -> None:
    console.rule(words(title, "bold cyan"), align="left", style="dim", characters="-")
    for part in PARTS:
        cells = (_cell(before, part, BEFORE_WIDTH), _cell(after, part, AFTER_WIDTH))
        print_table(console, _row(words(LABELS.get(part, part), "dim"), *cells))


def _row(*cells: Text) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for width in (PART_WIDTH, BEFORE_WIDTH, AFTER_WIDTH):
        table.add_column(width=width)
    table.add_row(*cells)
    return table


def _cell(decision: Decision, part: Part, width: int) -> Text:
    planned = [each for each in decision.remedies if each.in_plan and each.part == part]
    if not planned:
        return words("nothing", "red")
    if part == "fix":
        return _fixes(decision, planned)
    lines = wrap(planned[0].message, width, max_lines=LINES, placeholder=" ...")
    return Text("\n").join(words(line, "green") for line in lines)


def _fixes(decision: Decision, fixes: list[Remedy]) -> Text:
    lines = [words(f"{fix.title} ({fix.value})", "bold") for fix in fixes]
    if not decision.plan.adequate:
        lines.append(words("(does not make up for it)", "red"))
    return Text("\n").join(lines)


if __name__ == "__main__":
    main()
