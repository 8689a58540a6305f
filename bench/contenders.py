"""Who takes part in the comparison, in the order of the tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module, metadata

from bench.peers import by_kind
from bench.peers.contender import Matcher, Task

Prepare = Callable[[Task], Matcher]

OURS = "remedykit"
IFS_BY_KIND = "ifs by kind"
ZEN = "zen-engine, expressions"
ZEN_TABLE = "zen-engine, decision table"
CEL = "common-expression-language"
REFERENCE = "remedykit, reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One engine, used in one way.

    Attributes:
        name: what tables call it.
        module: which of `bench.peers` prepares it.
        prepare: the name of what prepares it there.
        package: the distribution that must be installed; empty for what needs none.
        three_valued: whether it knows unknown facts, as remedykit does.
        split: whether the rules are split by kind of incident, by hand, before it sees them.
    """

    name: str
    module: str
    prepare: str = "prepare"
    package: str = ""
    three_valued: bool = False
    split: bool = False

    def load(self) -> Prepare | None:
        """Return what prepares it; ``None`` if its package is not installed."""
        try:
            prepare: Prepare = getattr(import_module(f"bench.peers.{self.module}"), self.prepare)
        except ImportError as error:
            if self.package and not (error.name or "").startswith("bench"):
                return None
            raise
        return by_kind.split_by_kind(prepare) if self.split else prepare

    @property
    def version(self) -> str:
        """The version of its package; empty where it needs none, or it is not installed."""
        try:
            return metadata.version(self.package) if self.package else ""
        except metadata.PackageNotFoundError:
            return ""


CONTENDERS = (
    Contender(name=OURS, module="remedykits", prepare="indexed", three_valued=True),
    Contender(
        name="remedykit, ids listed", module="remedykits", prepare="listed", three_valued=True
    ),
    Contender(name=IFS_BY_KIND, module="ifs", three_valued=True, split=True),
    Contender(name="plain ifs", module="ifs", three_valued=True),
    Contender(name=REFERENCE, module="remedykits", prepare="reference", three_valued=True),
    Contender(name=ZEN, module="zen_engine", prepare="prepare_expressions", package="zen-engine"),
    Contender(
        name="zen-engine, split by hand",
        module="zen_engine",
        prepare="prepare_expressions",
        package="zen-engine",
        split=True,
    ),
    Contender(name=ZEN_TABLE, module="zen_engine", prepare="prepare_table", package="zen-engine"),
    Contender(name=CEL, module="cel_rust", package="common-expression-language"),
    Contender(
        name="common-expression-language, split by hand",
        module="cel_rust",
        package="common-expression-language",
        split=True,
    ),
    Contender(name="cel-expr-python", module="cel_google", package="cel-expr-python"),
    Contender(name="rule-engine", module="rule_engine_peer", package="rule-engine"),
    Contender(name="business-rules", module="business_rules_peer", package="business-rules"),
    Contender(name="durable-rules", module="durable", package="durable-rules"),
)
