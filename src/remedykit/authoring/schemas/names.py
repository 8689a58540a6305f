"""The names that a schema knows: those of the models and, of a policy, its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from remedykit.authoring.scenarios.vocabulary import Vocabulary
from remedykit.diagnostics import Findings
from remedykit.facts.schema import model_schema
from remedykit.language.rules import scopes_by_effect
from remedykit.language.scope import Scope
from remedykit.language.syntax import Define, Param, RemedyKind
from remedykit.language.types import FactDeclaration, FactType
from remedykit.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the author of a file can name.

    Attributes:
        facts: every fact that rules may read.
        own_facts: the names of those that the policy declares itself.
        currencies: in which it decides.
        bases: on which scenarios can build.
        words: what its decisions can say; ``None`` where no policy is known. Then every name that
            is not listed here may be one that the author has declared.
    """

    facts: tuple[FactDeclaration, ...]
    own_facts: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()
    defines: tuple[Define, ...] = ()
    kinds: Mapping[str, RemedyKind] = field(default_factory=dict[str, RemedyKind])
    rules: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    words: Vocabulary | None = None

    @classmethod
    def built_in(cls) -> Names:
        """Return the names that every policy has."""
        return cls(facts=model_schema().declarations)

    @classmethod
    def of(cls, policy: Policy, bases: tuple[str, ...] = ()) -> Names:
        """Return the names of a policy.

        Args:
            policy: whose files and scenarios are written.
            bases: of its scenarios.
        """
        checked = policy.checked
        return cls(
            facts=policy.schema.declarations,
            own_facts=checked.own_facts,
            params=checked.params,
            defines=checked.defines,
            kinds={kind.name: kind for kind in checked.remedies},
            rules=tuple(rule.id for rule in checked.rules),
            currencies=checked.currencies,
            bases=bases,
            words=Vocabulary.of(policy),
        )

    @property
    def are_all(self) -> bool:
        """Whether there are no others."""
        return self.words is not None

    @property
    def remedy_facts(self) -> Mapping[str, FactType]:
        """What conditions about remedies may read of these, by name."""
        scopes = scopes_by_effect(self.kinds, Scope(findings=Findings(), facts={}))
        return {
            name: FactType(kind.base) if kind.values == () and not self.are_all else kind
            for name, kind in scopes["limit"].remedy.items()
        }
