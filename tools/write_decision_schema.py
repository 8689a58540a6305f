"""Writes docs/decision.schema.json anew; a test fails while it is not what the code says."""

import json
from pathlib import Path

from remedykit.model.decision_schema import decision_schema
from remedykit.model.json_text import write_json

SCHEMA = Path(__file__).parents[1] / "docs" / "decision.schema.json"

text = json.dumps(json.loads(write_json(decision_schema())), indent=2)
SCHEMA.write_text(text + "\n", encoding="utf-8")
