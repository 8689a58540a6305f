"""The pytest plugin: scenarios are tests with names, places and readable failures."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from remedykit import Policy
from support.scenario_policy import PARCEL, POLICY

pytest_plugins = "pytester"

# Where remedykit was installed before it had a plugin, pytest does not find it by itself.
_KNOWN = bool(entry_points(group="pytest11", name="remedykit"))
PLUGIN = () if _KNOWN else ("-p", "pytest_remedykit")

SCENARIOS = f"""\
{PARCEL}
scenarios:
  - name: sent again
    given: {{base: parcel}}
    expect: {{first: again}}
  - name: paid back
    given: {{base: parcel, incident: {{kind: late_delivery}}}}
    expect: {{first: back}}
tables:
  - name: "{{incident.days_late}} days late"
    given: {{base: parcel, customer: {{tier: gold}}}}
    columns: [incident.days_late, plan]
    rows:
      - [4, [sorry, again]]
      - [5, [sorry, again, extra]]
"""


@pytest.fixture
def shop(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder `shop` with a policy and four scenarios, of which one fails."""
    write(pytester.path, POLICY, SCENARIOS)
    return pytester


def write(folder: Path, policy: str, scenarios: str) -> None:
    (folder / "shop").mkdir(exist_ok=True)
    (folder / "shop" / "policy.yaml").write_text(policy, encoding="utf-8")
    (folder / "shop" / "first.scenarios.yaml").write_text(scenarios, encoding="utf-8")


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(*PLUGIN, "-p", "no:randomly", *arguments)


def test_each_scenario_is_a_test_of_its_name(shop: pytest.Pytester) -> None:
    result = run(shop, "--collect-only", "-q")

    assert [line for line in result.outlines if "::" in line] == [
        "shop/first.scenarios.yaml::sent again",
        "shop/first.scenarios.yaml::paid back",
        "shop/first.scenarios.yaml::4 days late",
        "shop/first.scenarios.yaml::5 days late",
    ]


def test_a_failure_shows_expected_got_and_why_and_no_traceback(shop: pytest.Pytester) -> None:
    result = run(shop)

    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        [
            "first: expected back, got no fix",
            "  back is not offered: no rule that acts offers it",
            "  `all` does not act (shop/policy.yaml:*):",
            "    no: incident.kind: lost_package   [[]incident.kind is late_delivery[]]",
            "shop/first.scenarios.yaml:15:11",
            "FAILED shop/first.scenarios.yaml::paid back*",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert "items.py" not in result.stdout.str()


def test_a_test_is_chosen_by_words_of_its_name_or_by_its_id(shop: pytest.Pytester) -> None:
    run(shop, "-k", "again").assert_outcomes(passed=1)
    run(shop, "shop/first.scenarios.yaml::4 days late").assert_outcomes(passed=1)


def test_what_failed_last_can_be_run_alone(shop: pytest.Pytester) -> None:
    run(shop)

    run(shop, "--lf").assert_outcomes(failed=1)


def test_a_report_in_junit_xml_has_each_scenario_with_its_failure(shop: pytest.Pytester) -> None:
    run(shop, "--junit-xml=report.xml", "-o", "junit_family=xunit1")

    report = (shop.path / "report.xml").read_text(encoding="utf-8")
    passed, failed = report.split("<testcase ")[1:3]
    assert 'name="sent again"' in passed
    assert 'file="shop/first.scenarios.yaml" line="11"' in passed
    assert "<failure" not in passed
    assert 'name="paid back"' in failed
    assert "expected back, got no fix" in failed


def test_a_scenario_that_is_known_to_fail_does_not_fail_the_run(shop: pytest.Pytester) -> None:
    known = SCENARIOS.replace("{first: back}", "{first: back}\n    xfail: not built yet")
    write(shop.path, POLICY, known)

    result = run(shop, "-rx")

    result.assert_outcomes(passed=3, xfailed=1)
    result.stdout.fnmatch_lines(["XFAIL *paid back*not built yet*"])


def test_a_scenario_that_is_known_to_fail_and_passes_is_a_failure(shop: pytest.Pytester) -> None:
    known = SCENARIOS.replace("{first: again}", "{first: again}\n    xfail: not built yet")
    write(shop.path, POLICY, known)

    result = run(shop, "-k", "again")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*XPASS(strict)*not built yet*"])


def test_a_scenario_that_cannot_be_decided_fails_even_where_it_is_known_to_fail(
    shop: pytest.Pytester,
) -> None:
    wrong = SCENARIOS.replace("late_delivery}", "late_delivery, days_lat: 3}")
    write(shop.path, POLICY, wrong.replace("{first: back}", "{first: back}\n    xfail: not yet"))

    result = run(shop, "-k", "paid")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*did you mean `days_late`?*"])
    assert "Traceback" not in result.stdout.str()


def test_a_wrong_policy_is_one_readable_error_however_many_files_it_has(
    shop: pytest.Pytester,
) -> None:
    write(shop.path, POLICY.replace("offer: extra", "offer: extar"), SCENARIOS)
    (shop.path / "shop" / "second.scenarios.yaml").write_text(PARCEL, encoding="utf-8")

    result = run(shop)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*error*unknown-kind*extar*", "*did you mean `extra`?*"])
    assert "Traceback" not in result.stdout.str()


def test_wrong_scenarios_are_a_readable_error(shop: pytest.Pytester) -> None:
    write(shop.path, POLICY, SCENARIOS.replace("first: again", "frist: again"))

    result = run(shop)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*did you mean `first`?*"])


def test_scenarios_without_a_policy_are_an_error_that_says_so(pytester: pytest.Pytester) -> None:
    (pytester.path / "lonely.scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")

    result = run(pytester)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*there is no policy beside it or in a folder above*"])


def test_scenarios_may_stand_in_a_folder_below_their_policy(shop: pytest.Pytester) -> None:
    below = shop.path / "shop" / "parcels"
    below.mkdir()
    (below / "rules.yaml").write_text("rules: []\n", encoding="utf-8")
    (shop.path / "shop" / "first.scenarios.yaml").rename(below / "first.scenarios.yaml")

    run(shop).assert_outcomes(passed=3, failed=1)


def test_a_policy_is_loaded_once_for_all_its_files(
    shop: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Policy.load
    loaded: list[object] = []

    def counted(path: str | Path) -> Policy:
        loaded.append(path)
        return load(path)

    monkeypatch.setattr(Policy, "load", counted)
    more = SCENARIOS[SCENARIOS.index("scenarios:") : SCENARIOS.index("tables:")]
    second = more.replace("sent again", "second").replace("paid back", "third")
    (shop.path / "shop" / "second.scenarios.yaml").write_text(second, encoding="utf-8")

    run(shop).assert_outcomes(passed=4, failed=2)
    assert len(loaded) == 1


def test_rule_coverage_is_told_after_the_tests(shop: pytest.Pytester) -> None:
    result = run(shop, "--rule-cov")

    result.stdout.fnmatch_lines(
        [
            "*= rule coverage =*",
            "rule coverage of small 1: * % (* of *, by 4 scenarios)",
            "  shop/policy.yaml * %  * of *",
            "missing:",
            "  shop/policy.yaml:*: rule no.extra never fires",
            "    given:",
            "  and * more",
        ]
    )
    assert "rule regulars never fires" not in result.stdout.str()


def test_without_an_option_nothing_is_told_of_coverage(shop: pytest.Pytester) -> None:
    assert "rule coverage" not in run(shop).stdout.str()
    assert "rule coverage" not in run(shop, "--rule-cov", "--collect-only").stdout.str()


def test_processes_of_xdist_run_and_see_together_what_one_does(shop: pytest.Pytester) -> None:
    run(shop, "--rule-cov-json=one.json")
    several = (*PLUGIN, "-p", "xdist", "-n", "2", "-p", "no:randomly", "--rule-cov-json=two.json")
    result = shop.runpytest_subprocess(*several)

    result.assert_outcomes(passed=3, failed=1)
    one, two = (shop.path / f"{name}.json" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert b'"scenarios":4' in one.read_bytes()


def test_coverage_that_suffices_fails_no_run(shop: pytest.Pytester) -> None:
    assert run(shop, "-k", "again", "--rule-cov-fail-under=5").ret == pytest.ExitCode.OK


@pytest.mark.parametrize("processes", [(), ("-p", "xdist", "-n", "1")])
def test_too_little_coverage_fails_the_run(
    shop: pytest.Pytester, processes: tuple[str, ...]
) -> None:
    chosen = (*PLUGIN, *processes, "-p", "no:randomly", "-k", "again", "--rule-cov-fail-under=90")
    run_so = shop.runpytest_subprocess if processes else shop.runpytest_inprocess
    result = run_so(*chosen)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["rule coverage of small 1 is * %, and at least 90 % is asked for"])


def test_a_wrong_percentage_is_wrong_usage(shop: pytest.Pytester) -> None:
    result = run(shop, "--rule-cov-fail-under=lots")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--rule-cov-fail-under: lots is no percentage*"])


def test_the_page_of_coverage_is_written(shop: pytest.Pytester) -> None:
    run(shop, "--rule-cov-html=page.html").stdout.fnmatch_lines(["written: page.html"])

    assert "regulars" in (shop.path / "page.html").read_text(encoding="utf-8")


def test_importing_the_plugin_imports_nothing_of_remedykit() -> None:
    code = "import sys, pytest; before = {*sys.modules}; import pytest_remedykit; "
    code += "print(sorted({*sys.modules} - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['pytest_remedykit']"


def test_a_file_that_is_not_read_is_a_warning_told_once(shop: pytest.Pytester) -> None:
    folder = shop.path / "shop"
    (folder / "late.scenarios.yml").write_text(SCENARIOS, encoding="utf-8")
    other = SCENARIOS.split("scenarios:")[1].replace("sent again", "sent").replace("paid", "sent")
    text = f"scenarios:{other.split('tables:')[0]}"
    (folder / "second.scenarios.yaml").write_text(text, encoding="utf-8")

    result = run(shop, "-W", "default::pytest.PytestCollectionWarning")

    result.assert_outcomes(passed=4, failed=2, warnings=1)
    result.stdout.fnmatch_lines(["*shop/late.scenarios.yml:1:1: warning[[]file-not-read]: *"])
