"""The schemas as files, and the line by which a YAML file names its schema."""

from __future__ import annotations

import json
from pathlib import Path

from remedykit.authoring.scenarios.reading import base_names
from remedykit.authoring.schemas.names import Names
from remedykit.authoring.schemas.pieces import JsonSchema
from remedykit.authoring.schemas.policy_schema import policy_schema
from remedykit.authoring.schemas.scenario_schema import scenario_schema
from remedykit.model.json_text import write_json
from remedykit.policy import Policy

POLICY_FILE = "policy.schema.json"
SCENARIOS_FILE = "scenarios.schema.json"


def names_in(folder: Path) -> Names:
    """Return the names of the policy in a folder, and of the scenarios beside it.

    Raises:
        PolicyError: if something is wrong with the files of the policy.
        InputError: if a file of scenarios cannot be read.
    """
    return Names.of(Policy.load(folder), base_names(folder))


def schema_files(names: Names) -> dict[str, str]:
    """Return the text of each schema, by the name of its file."""
    return {
        POLICY_FILE: _text(policy_schema(names)),
        SCENARIOS_FILE: _text(scenario_schema(names)),
    }


def schema_line(file: str) -> str:
    """Return the line at the top of a YAML file that names its schema."""
    return f"# yaml-language-server: $schema={file}"


def _text(schema: JsonSchema) -> str:
    # Written exactly first: `json` has no decimals. Indented, so that a change can be reviewed.
    return json.dumps(json.loads(write_json(schema)), indent=1, ensure_ascii=False) + "\n"
