"""Results as Markdown, and the page in which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.contenders import CONTENDERS, OURS

DOCS = Path(__file__).parents[1] / "docs"
PAGE, CHART = DOCS / "performance.md", DOCS / "performance.svg"
Marks = tuple[str, str]
RESULTS: Marks = (
    "<!-- From here to the end mark: written by `bench/run --write`; do not edit. -->",
    "<!-- End of what `bench/run --write` writes. -->",
)
REPLAYS: Marks = (
    "<!-- From here to the end mark: written by `bench.replaying --write`; do not edit. -->",
    "<!-- End of what `bench.replaying --write` writes. -->",
)
Results = Mapping[str, Any]


def write(results: Results) -> None:
    """Put results into the page, between its marks, and draw the chart."""
    from bench.chart import draw  # noqa: PLC0415 - only here is a drawing library needed

    picture = (
        f"![Time of matching against number of rules, both logarithmic, a line an engine]"
        f"({CHART.name})"
    )
    put(RESULTS, f"{picture}\n\n{markdown(results)}")
    CHART.write_text(draw(results), encoding="utf-8")


def put(marks: Marks, body: str) -> None:
    """Put a text into the page, between two marks."""
    begin, end = marks
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    if not after:
        raise ValueError(f"{PAGE.name} has lost its marks: {begin!r} and {end!r}")
    PAGE.write_text(f"{before}{begin}\n\n{body}\n\n{end}{after}", encoding="utf-8")


def markdown(results: Results) -> str:
    """Return all results as tables."""
    return "\n".join(
        [
            *_goals(results),
            *_matching(results),
            *_deciding(results["deciding"]),
            *_loading(results),
            *_made_with(results),
        ]
    )


# --- sections ----------------------------------------------------------------------------------


def _goals(results: Results) -> Iterator[str]:
    yield "### Goals\n"
    words = {True: "met", False: "**missed**", None: "not measured"}
    yield from table(
        ("goal", "bound", "measured", ""),
        (
            (each["what"], each["bound"], _measured(each), words[each["met"]])
            for each in results["goals"]
        ),
    )


def _measured(goal: Mapping[str, Any]) -> str:
    return "" if goal["measured"] is None else f"{times(goal['measured'])} {goal['unit']}"


def _matching(results: Results) -> Iterator[str]:
    families = (
        (False, True, "Matching, matches held constant: all facts known, all engines"),
        (False, False, "Matching, matches held constant: some facts unknown"),
        (True, True, "Matching, matches growing along: all facts known, all engines"),
        (True, False, "Matching, matches growing along: some facts unknown"),
    )
    for growing, known, title in families:
        compared = [
            each
            for each in results["matching"]
            if each["growing"] is growing and each["known"] is known
        ]
        if compared:
            yield f"### {title}\n"
            yield f"Times the cost of {OURS}; in brackets the microseconds of one incident.\n"
            yield from _by_size(compared, results["not_installed"] if known else ())


def _by_size(compared: Sequence[Mapping[str, Any]], missing: Iterable[str]) -> Iterator[str]:
    head = ("engine", *(f"{each['rules']:,} rules" for each in compared))
    told = dict.fromkeys(missing, "not installed")
    rows = [
        (
            each.name,
            *(_took(one["engines"].get(each.name), told.get(each.name, "")) for one in compared),
        )
        for each in CONTENDERS
        if each.name in told or any(each.name in one["engines"] for one in compared)
    ]
    counts = ("*rules that may hold*", *(f"{each['matching']:g}" for each in compared))
    yield from table(head, [*rows, counts])


def _took(engine: Mapping[str, float] | None, otherwise: str) -> str:
    if engine is None:
        return otherwise
    return f"{times(engine['ratio'])} ({times(engine['microseconds'])})"


def _deciding(deciding: Results) -> Iterator[str]:
    yield "### Whole decisions\n"
    offered = ", ".join(
        f"{count:g} at {rules} rules" for rules, count in deciding["remedies_offered"].items()
    )
    yield f"Remedies offered on average: {offered}.\n"
    yield from table(
        ("part", "times the validation", "microseconds"),
        (
            (name, times(each["ratio"]), times(each["microseconds"]))
            for name, each in deciding["parts"].items()
        ),
    )


def _loading(results: Results) -> Iterator[str]:
    loading, importing = results["loading"], results["importing"]
    yield f"### Loading {loading['rules']:,} rules ({loading['bytes'] // 1000} kB of YAML)\n"
    yield from table(
        ("part", "times composing", "milliseconds"),
        (
            (name, times(each["ratio"]), times(each["milliseconds"]))
            for name, each in loading["parts"].items()
        ),
    )
    yield "### Memory and import\n"
    kept = ", ".join(f"{kib:,} KiB at {rules}" for rules, kib in results["index_kib"].items())
    yield f"The index keeps, by number of rules: {kept}.\n"
    yield (
        f"`import remedykit` takes {times(importing['ratio'])} times as long as `import pydantic`, "
        f"{times(importing['remedykit_ms'])} ms against {times(importing['pydantic_ms'])} ms.\n"
    )


def _made_with(results: Results) -> Iterator[str]:
    yield "### Made with\n"
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    yield (
        f"Python {results['python']} on one core of a shared virtual machine, seed "
        f"{results['seed']}, {results['rounds']} rounds. {versions}."
    )


# --- words -------------------------------------------------------------------------------------


def times(value: float) -> str:
    """Return a number with as many digits as mean something: two or three.

    >>> times(0.456), times(3.14), times(123.4), times(98765.0)
    ('0.46', '3.1', '123', '98,765')
    """
    if value < 1:
        return f"{value:.2f}"
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; all columns but the first are numbers."""
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join(['---'] + ['---:'] * (len(head) - 1))} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""
