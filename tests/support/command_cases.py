"""What the command line prints about the examples, as recorded in tests/golden/cli."""

from __future__ import annotations

from dataclasses import dataclass

from support.command_line import EXAMPLES, ROOT, run

FOLDER = ROOT / "tests" / "golden" / "cli"
STORIES = (
    "lost-parcels",
    "lost-parcels-out-of-stock",
    "missing-screw",
    "missing-screw-no-part",
    "missing-screw-repaired",
)
TIMELINES = ("lost-parcels-timeline", "missing-screw-timeline")

# Offered already, one fact changed, several changed and told, another kind of incident.
NEAREST = (
    ("lost-parcels", "store_credit"),
    ("lost-parcels", "guarantee_claim"),
    ("lost-parcels-out-of-stock", "reship_express"),
    ("missing-screw", "guarantee_claim"),
    ("missing-screw-no-part", "full_refund"),
)


@dataclass(frozen=True, slots=True)
class CommandCase:
    """A command, and the name of the file that holds what it prints."""

    name: str
    arguments: tuple[str, ...]

    def printed(self) -> str:
        """Return what the command prints now."""
        ran = run(*self.arguments)
        return ran.out + ran.err

    def recorded(self) -> str:
        """Return what it printed when it was recorded."""
        return (FOLDER / self.name).read_text(encoding="utf-8")


def command_cases() -> tuple[CommandCase, ...]:
    """Return every recorded command."""
    decided = [
        CommandCase(
            f"decide.{story}.{policy}.txt",
            ("decide", str(EXAMPLES / f"{story}.yaml"), "--policy", policy),
        )
        for story in STORIES
        for policy in ("nurture", "transactional")
    ]
    nearest = [
        CommandCase(
            f"nearest.{story}.{kind}.txt",
            ("why", str(EXAMPLES / f"{story}.yaml"), kind, "--nearest", "--policy", "nurture"),
        )
        for story, kind in NEAREST
    ]
    replayed = [
        CommandCase(
            f"replay.{timeline}.{policy}.txt",
            ("replay", str(EXAMPLES / f"{timeline}.yaml"), "--policy", policy),
        )
        for timeline in TIMELINES
        for policy in ("marketplace", "nurture")
    ]
    return (*decided, *nearest, *replayed, CommandCase("facts.txt", ("facts",)))
