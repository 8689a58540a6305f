"""The front door: a policy is loaded once and then decides, asks, and says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from remedykit.diagnostics import Diagnostic, Findings, printable
from remedykit.engine.engines import DEFAULT_ENGINE, engine_named, matcher_named
from remedykit.engine.matching import EngineName
from remedykit.errors import InputError
from remedykit.explain.ahead.search import UpcomingSearch
from remedykit.explain.counterfactuals import find_why_not
from remedykit.explain.deciding import Decider
from remedykit.explain.policy_html import policy_html
from remedykit.explain.questions import Asking
from remedykit.explain.reasons import Reasons
from remedykit.explain.stored import restored_facts
from remedykit.explain.stored_events import restored_events
from remedykit.explain.why import Why
from remedykit.explain.why_not import WhyNot
from remedykit.facts.extract import FactReader, fact_reader
from remedykit.facts.schema import model_schema
from remedykit.facts.values import Facts
from remedykit.language.bases import Layers, layers_of, read_layers
from remedykit.language.load import load_policy
from remedykit.language.names import closest
from remedykit.language.syntax import CheckedPolicy, RemedyKind
from remedykit.language.types import Schema
from remedykit.model.case import Case
from remedykit.model.customer import Customer
from remedykit.model.decision import Decision, Question
from remedykit.model.incident import Incident
from remedykit.model.upcoming import Upcoming
from remedykit.policy_cache import load_cached


@dataclass(frozen=True, slots=True, repr=False, eq=False, kw_only=True)
class Policy:
    """A policy that was read and checked.

    Nothing about it ever changes: any number of threads may use one, and it can be pickled. It
    reads no clock, keeps no log and reserves nothing: deciding twice is free, paying twice is what
    `Remedy.idempotency_key` is there to prevent.

    Make one with `load`, `shipped` or `from_text`.

    Attributes:
        checked: the policy as engines read it.
        warnings: what the loader found that is most likely not meant, in the order of its place.
        reader: makes facts of incidents and customers.
        decider: makes decisions of facts.

    >>> policy = Policy.shipped("nurture")
    >>> policy.name
    'nurture'
    """

    checked: CheckedPolicy
    warnings: tuple[Diagnostic, ...]
    reader: FactReader
    decider: Decider

    # --- making one ----------------------------------------------------------------------------

    @classmethod
    def load(
        cls,
        path: str | Path,
        *,
        incident: type[Incident] = Incident,
        customer: type[Customer] = Customer,
        cache: str | Path | None = None,
    ) -> Policy:
        """Read and check a policy: a folder with all its ``*.yaml`` files, in any order.

        Args:
            path: the folder.
            incident: the class of incidents that it decides on; a platform's own subclass may have
                more fields, which become facts.
            customer: the class of customers, likewise.
            cache: a folder, made if there is none, that keeps what was read and checked. The same
                files with the same classes come out of it the next time, many times faster; nothing
                else about the policy differs. Where it cannot be written, a ``RuntimeWarning`` says
                so. Whoever can write there can change what is decided, as with the policy itself.

        Raises:
            PolicyError: if anything is wrong with the files; carries everything that is.
            TypeError: if a field of a subclass is of no type that a fact can have.
        """
        findings = Findings()
        layers = read_layers(path, shipped_folders(), findings)
        return _loaded(layers, findings, incident, customer, cache)

    @classmethod
    def shipped(cls, name: str) -> Policy:
        """Read a policy that comes with remedykit, such as ``nurture``.

        Raises:
            ValueError: if there is none of that name; the message lists those there are.
        """
        names = shipped_names()
        if name not in names:
            meant = closest(name, names)
            hint = f"; did you mean {meant!r}?" if meant else ""
            raise ValueError(f"no policy name={name!r} is shipped, but {', '.join(names)}{hint}")
        folder = rules_folder()
        findings = Findings()
        read, *bases = read_layers(folder / name, shipped_folders(), findings)
        # Wherever it is installed, its files have the same names: nurture/parcels.yaml.
        files = {
            path.removeprefix(f"{printable(folder.as_posix())}/"): raw for path, raw in read.items()
        }
        return _loaded((files, *bases), findings, Incident, Customer)

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        incident: type[Incident] = Incident,
        customer: type[Customer] = Customer,
    ) -> Policy:
        """Read and check a policy that is one text, as in a test or a notebook.

        Args:
            text: the YAML; diagnostics call it ``policy.yaml``.
            incident: as for `load`.
            customer: as for `load`.

        Raises:
            PolicyError: if anything is wrong with the text; carries everything that is.
            TypeError: if a field of a subclass is of no type that a fact can have.
        """
        findings = Findings()
        files = {"policy.yaml": text.encode("utf-8", "surrogatepass")}
        layers = layers_of(files, shipped_folders(), findings)
        return _loaded(layers, findings, incident, customer)

    # --- what it is ----------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Its name."""
        return self.checked.name

    @property
    def version(self) -> str:
        """Its version, as its author numbers it."""
        return self.checked.version

    @property
    def digest(self) -> str:
        """SHA-256 of its meaning: the same however files and rules are ordered and laid out."""
        return self.checked.digest

    @property
    def engine(self) -> EngineName:
        """Which engine decides; all give the same decisions."""
        return self.decider.engine.name

    def with_engine(self, name: EngineName) -> Policy:
        """Return the same policy, decided by another engine; every decision is the same.

        Args:
            name: ``indexed``, the default, is fast; ``reference`` is short and plain, made to be
                read: it is what the rule language means; ``durable`` lets durable-rules find which
                rules hold, and what the timeline of a case amounts to.

        Raises:
            ValueError: if there is no engine of that name.
            ModuleNotFoundError: if ``remedykit[durable]`` is not installed; Python 3.11 and 3.12
                can have it.

        >>> policy = Policy.shipped("nurture").with_engine("reference")
        >>> policy.engine
        'reference'
        """
        engine, matcher = engine_named(name, self.checked), matcher_named(name, self.checked)
        return replace(
            self,
            reader=replace(self.reader, timeline=matcher),
            decider=replace(self.decider, engine=engine, timeline=matcher),
        )

    @property
    def reads(self) -> tuple[str, ...]:
        """Names of the facts that its decisions can depend on, sorted.

        With those from which they are derived or that must agree with them; a platform need fetch
        no others.
        """
        return self.decider.reads

    @property
    def schema(self) -> Schema:
        """Every fact that its rules may read, those of the models and its own."""
        return self.checked.schema

    def __repr__(self) -> str:
        """Return name, version and the beginning of the digest."""
        return f"<Policy {self.name} {self.version} {self.digest[:12]}>"

    def _repr_html_(self) -> str:
        """Return an overview as small HTML, everything escaped."""
        return policy_html(self.checked, self.warnings)

    # --- deciding ------------------------------------------------------------------------------

    def decide(
        self,
        incident: Incident | Mapping[str, object],
        customer: Customer | Mapping[str, object],
        *,
        case: Case | Mapping[str, object] | None = None,
        facts: Mapping[str, object] | None = None,
        at: datetime | None = None,
    ) -> Decision:
        """Return what to do now: ranked remedies, a plan, and what was withheld and why.

        The same arguments give the same decision, byte for byte. Nothing is reserved, paid or sent.

        Args:
            incident: what went wrong, with its order; or a map of its fields.
            customer: who it happened to; or a map of its fields.
            case: what has happened since; without it, nothing has.
            facts: the policy's own facts by name, such as ``{"order.channel": "web"}``.
            at: the moment of decision, with its zone; without it, facts that need it are unknown.

        Raises:
            InputError: if something handed in is wrong; names every place.
        """
        return self.decider.decide(self.read(incident, customer, case=case, facts=facts, at=at))

    def read(
        self,
        incident: Incident | Mapping[str, object],
        customer: Customer | Mapping[str, object],
        *,
        case: Case | Mapping[str, object] | None = None,
        facts: Mapping[str, object] | None = None,
        at: datetime | None = None,
    ) -> Facts:
        """Return the facts on which `decide` would decide, with all that is derived.

        Raises:
            InputError: if something handed in is wrong; names every place.
        """
        read = self.reader.facts(incident, customer, case=case, own=facts, at=at)
        currencies = self.checked.currencies
        if currencies and read.currency not in currencies:
            raise InputError(
                "incident.order.currency",
                f"is {read.currency}; {self.name} decides in {', '.join(currencies)}",
            )
        return read

    def facts_of(self, decision: Decision) -> Facts:
        """Return the facts on which a decision was made, as rules read them.

        Facts that this policy does not read are unknown in it.

        Raises:
            InputError: if another policy decided, or a fact is not as this policy declares it.
        """
        if decision.policy.digest != self.digest:
            found = decision.policy
            raise InputError(
                "decision.policy.digest",
                f"is {printable(f'{found.digest} of {found.name} {found.version}'[:200])}; "
                f"this is {self.digest} of {self.name} {self.version}",
            )
        known = {kind.name for kind in self.checked.remedies}
        for each in decision.remedies + decision.withheld:
            if each.kind not in known:
                told = f"names {printable(each.kind[:80])}, which is no remedy kind of {self.name}"
                raise InputError("decision", told)
        facts = restored_facts(decision.facts, decision.offers, decision.currency, self.schema)
        events = restored_events(decision.events, decision.currency, decision.at)
        return replace(facts, events=events)

    def replay(self, decision: Decision) -> Decision:
        """Decide again on the facts of a stored decision; it comes out equal.

        Raises:
            InputError: if another policy decided, or a fact is not as this policy declares it.
        """
        return self.decider.decide(self.facts_of(decision))

    # --- asking and telling --------------------------------------------------------------------

    def questions(self, decision: Decision) -> tuple[Question, ...]:
        """Return the unknown facts whose answer would change the decision.

        That is: what is offered, on what basis, for how much and until when, which approvals it
        needs, what the plan has, and who takes the incident. Each answer is decided again, one
        fact at a time, with all that follows from it; what unlocks most comes first. Handed in as
        the field or fact of that name, an answer gives what was announced.

        Not asked is what only follows from other facts, such as `incident.cost_affected`, and not
        ``at``: the moment of decision is the caller's to give.

        Raises:
            InputError: if another policy decided.
        """
        return Asking.of(self.decider, self.facts_of(decision), decision).questions()

    def why(self, decision: Decision, kind: str | None = None) -> Why:
        """Return which rules and tests led to a decision, with the values they read.

        Facts marked personal are not shown.

        Args:
            decision: a decision of this policy.
            kind: a remedy kind, offered or not; then rules that could offer it but do not are told,
                too. Without it, everything that was offered or withheld.

        Raises:
            InputError: if another policy decided.
            ValueError: if the policy has no such remedy kind.
        """
        setting = self.decider.settle(self.facts_of(decision))
        reasons = Reasons.of(decision, setting)
        if kind is None:
            return reasons.of_everything()
        return reasons.of_kind(self._kind(kind).name)

    def why_not(self, decision: Decision, kind: str, *, most: int = 3) -> WhyNot:
        """Return the smallest changes of facts with which a decision would offer a remedy kind.

        Each was decided again. Fewer facts go before more, then the smaller change; an unknown
        fact need only be told. The kind of incident changes as a last resort, and facts marked
        protected, ids, the currency and past offers never do; ``at`` only gets later.

        Args:
            decision: a decision of this policy.
            kind: a remedy kind.
            most: how many changes to return at most, at least 1.

        Raises:
            InputError: if another policy decided.
            ValueError: if the policy has no such remedy kind, or `most` is less than 1.
        """
        if most < 1:
            raise ValueError(f"why_not most={most} is less than 1; ask for at least one change")
        facts = self.facts_of(decision)
        return find_why_not(self.decider, facts, decision, self._kind(kind), most)

    def upcoming(self, decision: Decision, *, most: int = 8) -> tuple[Upcoming, ...]:
        """Return the next instants at which time alone changes a decision, in order of time.

        Nothing else happens until then: no event, no other fact. Each instant is exact: a
        microsecond before it the decision comes out as it did, at it what is told has changed,
        against the decision just before. What counts as a change is as for `questions`; a due
        time that is reckoned from the moment of decision moves with it, and is none.

        Instants more than 400 days after the decision are not looked for. A decision without `at`
        has none.

        Args:
            decision: a decision of this policy.
            most: how many instants to return at most, at least 1.

        Raises:
            InputError: if another policy decided.
            ValueError: if `most` is less than 1.
        """
        if most < 1:
            raise ValueError(f"upcoming most={most} is less than 1; ask for at least one instant")
        search = UpcomingSearch.of(self.decider)
        return tuple(islice(search.upcoming(self.facts_of(decision), decision), most))

    def _kind(self, name: str) -> RemedyKind:
        """Return the remedy kind of a name.

        Raises:
            ValueError: if there is none.
        """
        kinds = {each.name: each for each in self.checked.remedies}
        if name not in kinds:
            meant = closest(name, kinds)
            hint = f"; did you mean {meant!r}?" if meant else ""
            raise ValueError(f"{self.name} has no remedy kind={name!r}{hint}")
        return kinds[name]


def shipped_names() -> tuple[str, ...]:
    """Return the names of the policies that come with remedykit, sorted."""
    return tuple(sorted(each.name for each in rules_folder().iterdir() if each.is_dir()))


def shipped_folders() -> dict[str, Path]:
    """Return the folders of the shipped policies, by name."""
    return {name: rules_folder() / name for name in shipped_names()}


def rules_folder() -> Path:
    """Return where the shipped policies are: in the package, or beside ``src`` in a checkout."""
    package = Path(__file__).parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parents[1] / "rules"


def _loaded(
    layers: Layers,
    findings: Findings,
    incident: type[Incident],
    customer: type[Customer],
    cache: str | Path | None = None,
) -> Policy:
    schema = model_schema(incident, customer)
    files, *bases = layers
    if cache is None:
        checked, warnings = load_policy(files, schema, findings, bases)
    else:
        checked, warnings = load_cached(files, schema, findings, Path(cache), bases)
    decider = Decider.of(checked, engine_named(DEFAULT_ENGINE, checked))
    own, timeline = checked.own_facts, decider.timeline
    return Policy(
        checked=checked,
        warnings=warnings,
        reader=fact_reader(checked.schema, own, incident, customer, timeline=timeline),
        decider=decider,
    )
