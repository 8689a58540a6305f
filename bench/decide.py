"""What a decision costs, as ratios measured side by side in one run.

Run it from the top of the repository::

    .venv/bin/python bench/decide.py

Each pair is measured in turns, in seconds of the processor; what is printed are medians and the
ratio of the medians. Absolute times depend on the machine; quote the ratios.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import yaml

from remedykit import Customer, Incident, Policy
from remedykit.policy import rules_folder, shipped_names

ROUNDS = 30
INCIDENT = """{
    "kind": "lost_package", "days_late": 7, "carrier_scanned": false, "affected": ["1", "2"],
    "order": {"id": "A-1001", "currency": "USD", "lines": [
        {"id": "1", "price": "35.00", "unit_cost": "21.00", "stock": 4},
        {"id": "2", "price": "25.00", "unit_cost": "15.00", "stock": 9}]}
}"""
CUSTOMER = '{"id": "C-7", "tier": "gold", "tenure_years": 4, "incidents_12m": 0}'


def main() -> None:
    """Print one line a pair, for each shipped policy."""
    for name in shipped_names():
        measure(name)


def measure(name: str) -> None:
    """Compare deciding, telling why and loading with what they cannot do without."""
    policy, folder = Policy.shipped(name), rules_folder() / name
    incident = Incident.model_validate_json(INCIDENT)
    customer = Customer.model_validate_json(CUSTOMER)
    decision = policy.decide(incident, customer)
    compare(f"decide by {name}", lambda: policy.decide(incident, customer), validate)
    compare(f"why by {name}", lambda: policy.why(decision), validate)
    compare(f"load {name}", lambda: Policy.load(folder), lambda: compose(folder), rounds=5)


def validate() -> None:
    """Read incident and customer from JSON."""
    Incident.model_validate_json(INCIDENT)
    Customer.model_validate_json(CUSTOMER)


def compose(folder: Path) -> None:
    """Do what no loader can do without: let PyYAML's C parser compose the same files."""
    for file in sorted(folder.glob("*.yaml")):
        if not file.name.endswith(".scenarios.yaml"):
            yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def compare(
    name: str,
    ours: Callable[[], object],
    yardstick: Callable[[], object],
    *,
    rounds: int = ROUNDS,
) -> None:
    """Print the medians of two things done in turns, and their ratio."""
    pairs = [(seconds(ours), seconds(yardstick)) for _ in range(rounds)]
    mine, other = (median(column) for column in zip(*pairs, strict=True))
    against = "composing the files" if name.startswith("load") else "validating the input"
    print(f"{name:24} {mine * 1e3:8.2f} ms = {mine / other:6.1f} x {against}")


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that some work takes once."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
