"""How rule coverage is told: on a terminal, as JSON, and as a page."""

from __future__ import annotations

import json
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

from remedykit import InputError, Policy
from remedykit.authoring.analysis.sources import sources_with_bases
from remedykit.authoring.coverage.json_report import json_report
from remedykit.authoring.coverage.measuring import Meter
from remedykit.authoring.coverage.outcome import (
    CoverageOptions,
    CoverageOutcome,
    section_of,
    share_written,
)
from remedykit.authoring.coverage.page import PageSection, coverage_page
from remedykit.authoring.coverage.report import MOST_TOLD, CoverageReport
from remedykit.authoring.coverage.text import coverage_lines

POLICY = """\
policy: shop
version: "1"
currencies: [USD]
rules:
  - id: late
    when: {incident.days_late: 3..}
    todo: [call]  # <script>alert("1")</script> & more
  - {id: never, where: order.total < 0.00, todo: [write]}
"""


def report(text: str = POLICY, **incident: object) -> CoverageReport:
    policy = Policy.from_text(text)
    meter = Meter.of(policy)
    fields = {"kind": "lost_package", "order": {"id": "1", "currency": "USD"}, **incident}
    return CoverageReport.of(meter, meter.measured([policy.decide(fields, {})]))


def test_a_terminal_shows_shares_and_what_is_missing_with_facts() -> None:
    assert list(coverage_lines(report(days_late=3))) == [
        "rule coverage of shop 1: 42.8 % (3 of 7, by 1 scenario)",
        "  policy.yaml   42.8 %  3 of 7",
        "missing:",
        "  policy.yaml:8:10: rule never never fires",
        "    unreached: no values of the facts were found with which it comes out so",
        "  policy.yaml:6:12: rule late: `incident.days_late: 3..` is never false",
        "    given:",
        '      incident: {days_late: 1, kind: lost_package, order: {id: "1", currency: USD}}',
        "      customer: {}",
        '    at: "2026-11-23T15:00:00+00:00"',
        "  policy.yaml:6:12: rule late: `incident.days_late: 3..` is never unknown",
        "    given:",
        '      incident: {kind: lost_package, order: {id: "1", currency: USD}}',
        "      customer: {}",
        '    at: "2026-11-23T15:00:00+00:00"',
        "  policy.yaml:8:24: rule never: `order.total < 0.00` is never false",
        "    given:",
        '      incident: {kind: lost_package, order: {id: "1", currency: USD, total: "100.00"}}',
        "      customer: {}",
        '    at: "2026-11-23T15:00:00+00:00"',
    ]


def test_what_is_missing_is_cut_where_it_would_be_long() -> None:
    rules = "".join(
        f"  - {{id: r{number}, when: {{incident.days_late: {number}..}}, todo: [call]}}\n"
        for number in range(1, 21)
    )
    head = POLICY[: POLICY.index("  - id: late")]
    found = report(head + rules)

    assert list(coverage_lines(found))[-1] == f"  and {len(found.missing) - MOST_TOLD} more"


def test_json_has_shares_files_and_what_is_missing_with_facts() -> None:
    (shop,) = json.loads(json_report([report(days_late=3)]))

    assert shop["policy"]["name"] == "shop"
    assert (shop["covered"], shop["targets"], shop["percent"]) == (3, 7, 42.8)
    assert shop["files"] == [{"file": "policy.yaml", "targets": 7, "covered": 3, "percent": 42.8}]
    late = shop["missing"][0]
    assert (late["clause"], late["aspect"], late["line"]) == ("rule:late", "false", 6)
    assert late["given"]["incident"]["days_late"] == 1
    assert "unreached" in shop["missing"][2]


class _Page(HTMLParser):
    """The lines of a page with their states, its tags, and whether each is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.states: dict[str, str] = {}
        self.tags: set[str] = set()
        self.codes: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        assert not any(name.startswith("on") or name in {"style", "src"} for name in given)
        if tag != "meta":
            self._open.append(tag)
        if tag == "code":
            self.codes.append("")
        words = (given.get("class") or "").split()
        if words[:1] == ["line"]:
            self.states[str(len(self.states) + 1)] = words[1]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["code"]:
            self.codes[-1] += data


def test_the_page_shows_every_line_of_the_files_and_what_was_seen_of_it() -> None:
    found = report(days_late=3)
    lines = tuple(POLICY.splitlines())
    page = _Page(coverage_page([PageSection(found, {"policy.yaml": lines})]))

    assert page.codes == list(lines)
    assert page.states == {
        "1": "plain",
        "2": "plain",
        "3": "plain",
        "4": "plain",
        "5": "covered",
        "6": "partly",
        "7": "plain",
        "8": "partly",
    }


def test_the_page_escapes_what_is_written_in_files_and_needs_nothing_else() -> None:
    text = coverage_page([PageSection(report(), {"policy.yaml": POLICY.splitlines()})])
    page = _Page(text)

    assert not page.tags & {"script", "img", "link", "iframe"}
    assert "&lt;script&gt;" in text
    assert "default-src &#x27;none&#x27;" in text or "default-src 'none'" in text
    assert "http://" not in text
    assert "https://" not in text


def test_the_page_tells_what_is_missing_where_the_files_are_not_at_hand() -> None:
    page = _Page(coverage_page([PageSection(report(), {})]))

    assert list(page.states.values()) == ["never", "partly", "partly"]


def test_files_of_bases_are_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("base", POLICY),
        ("mine", 'policy: mine\nversion: "1"\nextends: ../base\n'),
    ):
        Path(name).mkdir()
        Path(name, "policy.yaml").write_text(text, encoding="utf-8")
    section = section_of(Meter.of(Policy.load("mine")), Path("mine"), 0, 0)

    assert set(sources_with_bases(Path("mine"))) == {"mine/policy.yaml", "base/policy.yaml"}
    assert _Page(coverage_page([section])).codes == POLICY.splitlines()


@pytest.mark.parametrize(("written", "share"), [("90", 90), ("92.5 %", 92.5), ("100", 100)])
def test_a_percentage_is_read_exactly(written: str, share: float) -> None:
    assert share_written(written) == Fraction(share) / 100


@pytest.mark.parametrize("written", ["101", "-1", "much"])
def test_what_is_no_percentage_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no percentage from 0 to 100"):
        CoverageOptions.read(written, "", "")


def test_each_policy_must_have_the_share_that_is_asked_for() -> None:
    section = PageSection(report(days_late=3), {})

    def complaints(percentage: str) -> tuple[str, ...]:
        return CoverageOutcome((section,), CoverageOptions.read(percentage, "", "")).complaints()

    assert complaints("42.8") == complaints("") == ()
    assert complaints("43") == (
        "rule coverage of shop 1 is 42.8 %, and at least 43 % is asked for",
    )


def test_what_was_not_measured_has_no_share() -> None:
    outcome = CoverageOutcome((), CoverageOptions.read("0", "", ""))

    assert list(outcome.lines()) == [
        "rule coverage: no scenario was decided",
        "rule coverage was not measured, and at least 0 % is asked for",
    ]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    options = CoverageOptions.read("", "", str(tmp_path / "none" / "out.json"))

    with pytest.raises(InputError, match="cannot be written"):
        CoverageOutcome((), options).write()
