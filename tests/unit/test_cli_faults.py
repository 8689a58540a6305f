"""What the command line says when something is wrong, and how it ends."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from support.command_line import EXAMPLES, PROGRAM, run, run_program

pytestmark = pytest.mark.no_cover  # smaller tests cover what these run

LOST = EXAMPLES / "lost-parcels.yaml"
GOOD = LOST.read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_wrong_value_in_yaml_is_shown_with_its_line(folder: Path) -> None:
    (folder / "lost.yaml").write_text(GOOD.replace("days_late: 7", "days_late: seven"))
    ran = run("decide", "lost.yaml", "--policy", "nurture")
    assert (ran.code, ran.out) == (1, "")
    line = 1 + GOOD.splitlines().index("  days_late: 7")
    assert ran.err.startswith(f"lost.yaml:{line}:14: error[wrong-input]: incident.days_late: ")
    assert f"{line} |   days_late: seven\n" in ran.err
    assert f"{' ' * len(str(line))} |              ^^^^^\n" in ran.err


def test_every_wrong_value_is_shown_with_its_line(folder: Path) -> None:
    text = GOOD.replace("days_late: 7", "days_late: seven").replace("tier: gold", "tier: golden")
    (folder / "lost.yaml").write_text(text.replace('price: "25.00"', "price: 25.5e1"))
    assert "25.5e1" in run("decide", "lost.yaml", "--policy", "nurture").err
    (folder / "lost.yaml").write_text(text.replace('price: "25.00"', 'price: "-1.00"'))
    ran = run("decide", "lost.yaml", "--policy", "nurture")
    assert ran.code == 1
    assert "days_late: seven" in ran.err
    assert 'price: "-1.00"' in ran.err
    assert ran.err.count("error[wrong-input]") == 2


def test_a_misspelt_field_is_refused_with_a_suggestion(folder: Path) -> None:
    (folder / "lost.yaml").write_text(GOOD.replace("days_late", "days_lte"))
    ran = run("decide", "lost.yaml", "--policy", "nurture")
    assert ran.code == 1
    assert "unknown field `days_lte`; did you mean `days_late`?" in ran.err
    assert f"\n{' ' * 4}|   {'^' * len('days_lte')}\n" in ran.err


def test_a_wrong_value_in_json_is_shown_with_its_path(folder: Path) -> None:
    (folder / "lost.json").write_text(
        '{"incident": {"kind": "lost_package", "order": {"id": "A", "currency": "USD"},'
        ' "days_late": "seven"}, "customer": {}}'
    )
    ran = run("decide", "lost.json", "--policy", "nurture")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("lost.json: incident.days_late: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("incidnet: {}\n", "did you mean `incident`?"),
        ("[1, 2]\n", "a map of fields is expected here"),
        ("", "a map of fields is expected here"),
        ("customer: {}\n", "incident: is missing"),
        ("incident: {}\ncustomer:\n", "customer: is missing"),
        ("incident: 3\ncustomer: {}\n", "incident: is no map of fields"),
        ("incident: {}\ncustomer: {}\ncase: yes\n", "case: is no map of fields\n"),
        (
            "incident: {}\ncustomer: {}\ncase: [{type: trip}]\n",
            "case: is no map of fields; write its events under `events:`\n",
        ),
        ("incident: []\ncustomer: {}\n", "incident: is no map of fields\n"),
        ("incident: {}\ncustomer: {}\nat: yesterday\n", "at: "),
        ("incident: {}\ncustomer: {}\nat: 2026-11-20T19:00:00\n", "has no time zone"),
        ("incident: {}\nincident: {}\n", "error[duplicate-key]"),
        ("incident: *a\n", "error["),
        ("{", "standard input:1:"),
        ('{"incident": 1, "incident": 2}', "stands twice"),
        ('{"incident": {"days_late": NaN}}', "NaN"),
    ],
)
def test_a_file_that_is_no_input_is_refused_in_one_clear_error(text: str, told: str) -> None:
    ran = run("decide", "-", "--policy", "nurture", stdin=text)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert "standard input" in ran.err
    assert "Traceback" not in ran.err


def test_a_currency_that_the_policy_does_not_know_is_refused_at_its_place(folder: Path) -> None:
    (folder / "lost.yaml").write_text(GOOD.replace("currency: USD", "currency: EUR"))
    ran = run("decide", "lost.yaml", "--policy", "nurture")
    assert ran.code == 1
    assert "currency: EUR" in ran.err
    assert "decides in USD" in ran.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("decide",), "FILE"),
        (("decide", LOST), "--policy"),
        (("decide", "nowhere.yaml", "--policy", "nurture"), "nowhere.yaml cannot be read"),
        (("decide", ".", "--policy", "nurture"), "cannot be read: is a directory"),
        (("decide", LOST, "--policy", "nuture"), "did you mean `nurture`?"),
        (("decide", LOST, "--policy", "zzzz"), "nurture, transactional"),
        (("decide", LOST, "--policy", "nurture", "--at", "soon"), "or write `now`"),
        (("decide", LOST, "--policy", "nurture", "--at", "2026-11-20T19:00:00"), "no time zone"),
        (("why", LOST, "shoe", "--policy", "nurture"), "no remedy kind"),
        (("why", LOST, "full_refnd", "--policy", "nurture"), "full_refund"),
        (("why", LOST, "--nearest", "--policy", "nurture"), "name it, as in `why FILE KIND"),
        (("why", LOST, "full_refnd", "--nearest", "--policy", "nurture"), "full_refund"),
        (("check",), "DIR"),
        (("check", "nowhere"), "there is no policy nowhere"),
        (("facts", "--policy", "nowhere"), "there is no policy nowhere"),
        (("frobnicate",), "frobnicate"),
        (("decide", "\0", "--policy", "nurture"), "cannot be read"),
        (("facts", "--policy", "\0"), "there is no policy"),
        (("facts", "--policy", "a" * 5_000), "there is no policy"),
        (("decide", "a" * 5_000, "--policy", "nurture"), "cannot be read: file name too long"),
        (("facts", "--policy", ""), "there is no policy"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_usage_ends_with_2_and_says_why(arguments: tuple[str | Path, ...], told: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_is_wrong_usage(folder: Path) -> None:
    (folder / "lost.yaml").write_text(GOOD)
    (folder / "lost.yaml").chmod(0)
    ran = run("decide", "lost.yaml", "--policy", "nurture")
    assert ran.code == 2
    assert "permission denied" in ran.err


@pytest.mark.parametrize("command", ["decide", "why"])
def test_a_policy_with_faults_ends_with_1_and_shows_each(folder: Path, command: str) -> None:
    (folder / "policy.yaml").write_text("policy: p\nversion: '1'\nrulez: []\nremedys: {}\n")
    ran = run(command, LOST, "--policy", ".")
    assert (ran.code, ran.out) == (1, "")
    assert "policy.yaml:3:1: error[unknown-key]" in ran.err
    assert "policy.yaml:4:1: error[unknown-key]" in ran.err


def test_a_wrong_policy_is_told_even_when_the_input_is_wrong_too(folder: Path) -> None:
    (folder / "policy.yaml").write_text("policy: p\n")
    assert run("decide", "-", "--policy", ".", stdin="[]").code == 1


# --- as a program -------------------------------------------------------------------------------


def test_an_exit_code_reaches_the_shell() -> None:
    told = run_program("--version")
    assert (told.returncode, told.stdout.split()[0]) == (0, b"remedykit")
    assert run_program("-h").stdout == run_program("--help").stdout
    assert run_program("decide", "-", "--policy", "nurture", stdin=b"[]").returncode == 1
    assert run_program("decide").returncode == 2


def test_a_terminal_of_few_characters_gets_escapes_and_no_error() -> None:
    text = GOOD.replace("id: I-1", "id: I-\u00e9\u6f22")
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ran = run_program("decide", "-", "--policy", "nurture", stdin=text.encode(), env=env)
    assert ran.returncode == 0
    assert b"I-\\xe9\\u6f22" in ran.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes of Windows end otherwise")
def test_a_closed_pipe_ends_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run([*PROGRAM, "facts"], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert ran.stderr == b""
    assert ran.returncode == 141


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: str) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("remedykit.cli.inputs._bytes", interrupted)
    ran = run("decide", "-", "--policy", "nurture")
    assert (ran.code, ran.out, ran.err) == (130, "", "")
