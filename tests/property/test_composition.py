"""Composing is editing: whatever is split, overridden or left out, it is the edited whole."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from remedykit import Policy
from remedykit.diagnostics import Findings, Place
from remedykit.errors import InputError
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.yaml_faults import FORBIDDEN
from remedykit.language.yaml_reader import read_source
from remedykit.language.yaml_writer import entry_lines
from strategies.handed_in import POLICIES, decided, situations
from support.composing import composed

HEAD = 'policy: shop\nversion: "1"\n'
TOP = """\
currencies: [USD]
remedies:
  sorry: {part: apology, say: We are sorry.}
  reship: {part: fix, gives: exchange, value: order.paid, say: We send it again.}
  refund: {part: fix, gives: money_now, value: share * order.paid, say: We pay it back.}
  coupon: {part: perk, gives: money_later, basis: goodwill, value: 5.00, say: A coupon.}
"""
KINDS = ("sorry", "reship", "refund", "coupon")
IDS = ("a", "b", "c.d", "c.e", "C.d")
Rules = dict[str, str]

some_rules = st.dictionaries(
    st.sampled_from(IDS),
    st.builds(
        "when: {{incident.days_late: {}.., late: {}}}, offer: {}".format,
        st.sampled_from(["3", "few", "many"]),
        st.sampled_from(["true", "false"]),
        st.sampled_from(KINDS),
    ),
)
some_values = st.fixed_dictionaries(dict.fromkeys(("few", "many", "share"), st.integers(0, 9)))


def text(rules: Rules, values: dict[str, int]) -> str:
    """Return rules and declared params."""
    params = "".join(f"  {name}: {{value: {value}, unit: u}}\n" for name, value in values.items())
    return f"{TOP}params:\n{params}define: {{late: {{incident.days_late: few..}}}}\n{listed(rules)}"


def listed(rules: Rules, mark: str = "") -> str:
    items = "".join(f"  - {{id: {name}, {rule}{mark}}}\n" for name, rule in rules.items())
    return f"rules:\n{items}" if items else ""


@settings(max_examples=60)
@given(
    base=some_rules,
    base_values=some_values,
    over=some_rules,
    values=some_values,
    dropped=st.sets(st.sampled_from(IDS)),
)
def test_overriding_adding_and_leaving_out_is_editing(
    base: Rules,
    base_values: dict[str, int],
    over: Rules,
    values: dict[str, int],
    dropped: set[str],
) -> None:
    dropped &= base.keys() - over.keys()
    replacing = {name: rule for name, rule in over.items() if name in base}
    adding = {name: rule for name, rule in over.items() if name not in base}
    edited = {name: rule for name, rule in base.items() if name not in dropped} | over
    params = "".join(f"  {name}: {value}\n" for name, value in values.items())
    left_out = f"without: [{', '.join(sorted(dropped))}]\n" if dropped else ""
    whole = composed(
        {
            "own/policy.yaml": f"{HEAD}extends: ../base\n{left_out}params:\n{params}",
            "own/more/b.yaml": listed(replacing, ", override: true"),
            "own/a.yaml": listed(adding),
            "base/policy.yaml": f"{HEAD}{text(base, base_values)}",
        }
    )
    assert whole.digest == composed({"own/policy.yaml": HEAD + text(edited, values)}).digest


@settings(max_examples=40)
@given(rules=some_rules, values=some_values, above=st.sets(st.sampled_from(IDS)))
def test_it_does_not_matter_on_which_side_a_rule_stands(
    rules: Rules, values: dict[str, int], above: set[str]
) -> None:
    own = {name: rule for name, rule in rules.items() if name in above}
    base = {name: rule for name, rule in rules.items() if name not in above}
    split = composed(
        {
            "own/policy.yaml": f"{HEAD}extends: ../base\n{listed(own)}",
            "base/policy.yaml": f"{HEAD}{text(base, values)}",
        }
    )
    assert split.digest == composed({"own/policy.yaml": HEAD + text(rules, values)}).digest


NURTURE = POLICIES["nurture"]
EXTENDED = Policy.from_text(f'policy: nurture\nversion: "{NURTURE.version}"\nextends: nurture\n')


@settings(max_examples=60)
@given(situation=situations())
def test_an_extension_that_says_nothing_decides_as_its_base(situation: dict[str, Any]) -> None:
    try:
        base = decided(NURTURE, situation)
    except InputError:
        assume(False)  # the moments drawn contradict each other
    else:
        assert decided(EXTENDED, situation).to_json() == base.to_json()


# --- writing nodes -------------------------------------------------------------------------------

_AT = Place("p.yaml", 1, 1, 1, 1)
_BARE = ("3..", "25<..500", "a b", "not:x", "12:30", "-5", "é", "min(a, b)")
_words = st.one_of(
    st.sampled_from(_BARE).map(lambda word: Scalar(word, "plain", *_AT)),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Co", "Cn")))
    .filter(lambda text: not FORBIDDEN.search(text))
    .map(lambda word: Scalar(word, "quoted", *_AT)),
    st.lists(
        st.sampled_from(["long", "words:", "- and", "#more", "'so'", "é"]), min_size=1, max_size=60
    ).map(lambda words: Scalar(" ".join(words), "block", *_AT)),
    st.sampled_from(["two\nlines", "\ttab", "  blanks  ", 'say "no"\\', "", "\u00a0"]).map(
        lambda word: Scalar(word, "block", *_AT)
    ),
)
_keys = st.one_of(
    st.sampled_from(_BARE).map(lambda word: Scalar(word, "plain", *_AT)),
    st.sampled_from(["a: b", "[x", "", "'"]).map(lambda word: Scalar(word, "quoted", *_AT)),
)


def _maps(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    entries = st.lists(
        st.builds(Entry, _keys, inner), max_size=4, unique_by=lambda each: each.key.text
    )
    return entries.map(lambda found: Mapping(tuple(found), _AT))


def _lists(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.lists(inner, max_size=4).map(lambda found: Sequence(tuple(found), _AT))


some_nodes = st.recursive(_words, lambda inner: _maps(inner) | _lists(inner), max_leaves=12)


@given(node=some_nodes)
def test_what_is_written_is_read_as_the_same(node: Node) -> None:
    entry = Entry(Scalar("top", "plain", *_AT), node)
    findings = Findings()
    written = "".join(f"{line}\n" for line in entry_lines(entry))
    source = read_source("p.yaml", written.encode(), findings)
    assert findings.sorted() == ()
    assert source is not None
    assert isinstance(source.root, Mapping)
    assert _meant(source.root.entries[0].value) == _meant(node), written


def _meant(node: Node) -> object:
    """Return what a node says: its texts, and whether they are bare."""
    match node:
        case Scalar():
            return (node.text, node.style == "plain")
        case Sequence():
            return [_meant(item) for item in node.items]
        case Mapping():
            return {entry.key.text: _meant(entry.value) for entry in node.entries}
