"""Nothing that a fact or a policy says can drive a terminal, a page, or hide and turn words."""

from __future__ import annotations

import json
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest

from remedykit import Decision, Incident, InputError, Policy, PolicyError
from remedykit.explain.why import Why
from support.command_line import run
from support.tiny_policy import TEXT, customer, incident

pytestmark = pytest.mark.no_cover  # smaller tests cover what these run

TAGS = {"div", "p", "br", "b", "h4", "h5", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # categories of what must never be shown
ECHO = (
    TEXT.replace("say: We are sending it again today.", 'say: "Again, {incident.cause_code}."')
    .replace("note: Refund it today.", 'note: "Told: {customer.locale}."')
    .replace("title: Sorry\n", "title: Sorry <b>&amp;</b>\n")
    .replace("means: how he wants to be called", "means: <i>name</i>")
    .replace(
        "because: A parcel without a scan hardly ever turns up.",
        'because: "As {incident.cause_code} and {customer.locale} show <u>."',
    )
    .replace(
        "incident.days_late: lost_after..}",
        "incident.days_late: lost_after.., incident.cause_code: {known: true},"
        " customer.locale: {known: true}}",
    )
)
POLICY = Policy.from_text(ECHO)
ATTACKS = {
    "an escape to clear the screen": "\x1b[2J\x1b[1;1H",
    "an escape of one byte": "\x9b2J",
    "a title of the window": "\x1b]0;owned\x07",
    "a link of the terminal": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "backspaces": "refused\b\b\b\b\b\b\baccepted",
    "a return of the carriage": "refuse\raccept",
    "new lines": "x\n\nThe customer reads\n  Send 1,000 USD.",
    "other new lines": "x\x0b\x0c\x1c\x85\u2028\u2029y",
    "right to left": "\u202eDSU 0001\u202c",
    "isolates": "\u2066\u2067x\u2069",
    "zero width": "a\u200bd\u200cm\u200di\ufeffn\u2060",
    "a soft hyphen": "a\u00addmin",
    "tags of Unicode": "\U000e0041\U000e007f",
    "NUL": "a\0b",
    "a script": "<script>alert(1)</script>",
    "an attribute": "' onmouseover='alert(1)' \" x=\"",
    "an entity": "&lt;script&gt;&#60;&quot;",
    "markup of rich": "[red]x[/red] [link=http://evil.example]y[/link] :smile:",
    "placeholders": "{incident.kind} {{}} %s $x",
    "a very long text": "long " * 2_000,
}


class Tags(HTMLParser):
    """Collects the tags of a page, and whether any has an attribute."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [name for name, _ in attrs]


def hidden(text: str) -> set[str]:
    """Return the characters of a text that must not be shown; its own line ends may."""
    return {each for each in set(text) - {"\n"} if unicodedata.category(each) in HIDDEN}


def decided(attack: str) -> tuple[Decision, Why]:
    decision = POLICY.decide(
        incident(id=attack, cause_code=attack, evidence=[attack]),
        customer(id=attack, name=attack, locale=attack),
        facts={"customer.nickname": attack, "order.channel": "web"},
    )
    return decision, POLICY.why(decision)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_texts_to_customer_and_agent_show_a_fact_on_one_line(attack: str) -> None:
    decision, why = decided(attack)
    said = {remedy.kind: remedy for remedy in decision.remedies}
    assert said["reship"].message.startswith("Again, ")
    assert said["full_refund"].note.startswith("Told: ")
    for remedy in decision.remedies:
        assert hidden(remedy.message + remedy.note) == set()
        assert "\n" not in remedy.message + remedy.note
    assert len(decision.plan.message.splitlines()) == 4
    assert hidden(decision.plan.message) == set()
    assert hidden(str(why)) == set()


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_pages_have_no_tags_but_their_own(attack: str) -> None:
    for shown in (*decided(attack), POLICY):
        page = shown._repr_html_()
        tags = Tags(page)
        assert tags.tags <= TAGS
        assert tags.attributes == []
        assert hidden(page) == set()


@pytest.mark.parametrize("command", ["decide", "why"])
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_the_command_line_shows_what_is_hidden(attack: str, command: str, tmp_path: Path) -> None:
    folder = tmp_path / "policy"
    folder.mkdir()
    (folder / "policy.yaml").write_text(ECHO, encoding="utf-8")
    path = tmp_path / "in.json"
    path.write_text(json.dumps(plain(attack)), encoding="utf-8")
    ran = run(command, path, "--policy", folder)
    assert ran.code == 0
    assert hidden(ran.out) == set()
    assert "\n  Send 1,000 USD." not in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_json_holds_a_fact_as_it_is_and_escapes_it(attack: str) -> None:
    decision, _ = decided(attack)
    text = decision.to_json()
    assert not any(unicodedata.category(each) == "Cc" for each in text)
    assert json.loads(text)["incident_id"] == attack
    assert Decision.from_json(text) == decision


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_messages_about_inputs_show_what_is_hidden(attack: str) -> None:
    wrong: list[dict[str, object]] = [
        {"kind": attack},
        {attack: 1},
        {"days_late": attack},
        {"discovered_at": attack},
        {"affected": [attack]},
        {"order": {"id": "A", "currency": attack}},
        {"order": {"id": "A", "currency": "USD", "lines": [{"id": "1", "price": attack}]}},
        {"order": {"id": "A", "currency": "USD", attack: {}}},
    ]
    for fields in wrong:
        given = {**plain(attack)["incident"], **fields}
        with pytest.raises(InputError) as raised:
            POLICY.decide(given, {})
        assert hidden(str(raised.value)) == set()
        assert len(str(raised.value)) < 1_000
        assert "\n" not in raised.value.where
    with pytest.raises(InputError) as raised:
        POLICY.decide(incident(), {}, facts={attack: 1})
    assert hidden(str(raised.value)) == set()


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_messages_about_policies_show_what_is_hidden(attack: str) -> None:
    for where in ("gold", "full_refund", "lost.all", "We are sorry.", "tiny", "web"):
        for written in (attack, json.dumps(attack), f"'{attack}'"):
            for line in told(TEXT.replace(where, written)):
                assert hidden(line) == set()
                assert len(line) < 1_000


def told(text: str) -> list[str]:
    """Return the lines that are said about a policy, or that a plan under it says."""
    try:
        policy = Policy.from_text(text)
    except PolicyError as error:
        return str(error).split("\n")
    decision = policy.decide(incident(), customer())
    return decision.plan.message.split("\n") + [each.message for each in decision.remedies]


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_messages_about_keys_of_a_file_show_what_is_hidden(attack: str, tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(json.dumps({**plain("x"), attack: {}}), encoding="utf-8")
    ran = run("decide", path, "--policy", "nurture")
    assert ran.code == 1
    assert "unknown key" in ran.err
    assert hidden(ran.err) == set()


def plain(attack: str) -> dict[str, dict[str, object]]:
    """Return an input as a file has it, with the attack wherever a text may stand."""
    found = incident(id=attack, cause_code=attack, evidence=[attack])
    held = json.loads(Incident.model_validate(found).model_dump_json(exclude_none=True))
    return {
        "incident": {**held, "affected": ["1", "2"]},
        "customer": {"id": attack, "name": attack, "locale": attack},
        "facts": {"customer.nickname": attack, "order.channel": "web"},
    }
