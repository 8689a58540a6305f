"""A checked policy with its warnings as canonical JSON and back, exactly and without its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from remedykit.diagnostics import Diagnostic
from remedykit.language.node_forms import Form, Shape, forms_of, shape_of
from remedykit.language.node_table import read_table, write_table
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Schema

_Warnings = tuple[Diagnostic, ...]
_Stored = tuple[CheckedPolicy, _Warnings]


@dataclass(frozen=True, slots=True)
class PolicyCodec:
    """Writes and reads policies; it takes some milliseconds to make, so make one for a load.

    Attributes:
        forms: the classes that policies and warnings are made of, by name.
        shape: what is stored.
    """

    forms: Mapping[str, Form]
    shape: Shape

    @classmethod
    def from_classes(cls) -> PolicyCodec:
        """Return the codec for the classes as they are."""
        return cls(forms_of(_Stored), shape_of(_Stored))

    @property
    def layout(self) -> str:
        """The classes and what each is made of: what another layout wrote cannot be read."""
        names = {name: self.forms[name].names for name in sorted(self.forms)}
        return json.dumps(names, separators=(",", ":"))

    def given_to_json(self, schema: Schema, found: _Warnings) -> str:
        """Return what a policy is checked with, besides its files.

        Args:
            schema: the facts of the models.
            found: what looking for the files has found.
        """
        return write_table((schema, found), self.forms)

    def policy_to_json(self, policy: CheckedPolicy, warnings: _Warnings) -> str:
        """Return the one text of a policy: of equal policies the same, with all their places."""
        return write_table((policy, warnings), self.forms)

    def policy_from_json(self, text: str) -> _Stored:
        """Return the policy and its warnings, equal to those that were written.

        Raises:
            DamagedError: if the text is not what `policy_to_json` returns. A text that was edited
                with care can still be another policy; that is for a checksum to tell.
        """
        policy, warnings = read_table(text, self.forms, self.shape)
        return policy, warnings
