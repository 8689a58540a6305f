"""What a platform waits for beside matching: deciding, loading, importing; and what it holds."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bench.matching import read_facts
from bench.measuring import Work, in_turns
from bench.policies import Drawn, incidents, load, policy_text
from remedykit import Customer, Incident, Policy
from remedykit.diagnostics import Findings
from remedykit.engine.engines import engine_named
from remedykit.facts.schema import model_schema
from remedykit.language.folder import read_folder
from remedykit.language.load import load_policy
from remedykit.language.yaml_reader import read_source
from remedykit.model.decision import Decision

INCIDENTS = 40  # decided in each round
KIB = 1024


# --- deciding ----------------------------------------------------------------------------------


def deciding(sizes: tuple[int, ...], rounds: int) -> dict[str, Any]:
    """Compare whole decisions with pydantic's validation of the same input from JSON.

    Matches are held constant. Returns the ratio of each part to validation, how many remedies were
    offered, and the ratios of the larger policies to the smallest.
    """
    drawn = incidents(INCIDENTS)

    def validate() -> None:
        for each in drawn:
            Incident.model_validate_json(each.incident)
            Customer.model_validate_json(each.customer)

    works: dict[str, Work] = {"validate": validate}
    offered: dict[str, float] = {}
    for size in sizes:
        policy = load(policy_text(size))
        works |= _steps(policy, drawn, str(size))
        offered[str(size)] = round(mean(len(each.remedies) for each in _decided(policy, drawn)), 1)
    measured = in_turns(works, rounds)
    return {
        "remedies_offered": offered,
        "parts": {
            name: {
                "microseconds": round(measured.median_s(name) / INCIDENTS * 1e6, 1),
                "ratio": round(measured.ratio(name, "validate"), 2),
            }
            for name in works
        },
        "growth": {
            f"{what} {size}": round(measured.ratio(f"{what} {size}", f"{what} {sizes[0]}"), 2)
            for what in ("decide", "matching")
            for size in sizes[1:]
        },
    }


def _steps(policy: Policy, drawn: Sequence[Drawn], size: str) -> dict[str, Work]:
    """Return what is measured with one policy: deciding, and two parts of it by themselves."""
    validated = [_validated(each) for each in drawn]
    facts = read_facts(policy, drawn)
    engine = engine_named("indexed", policy.checked)

    def decide() -> None:
        for each, incident, customer in validated:
            policy.decide(incident, customer, facts=each.own, at=each.at)

    def read() -> None:
        for each, incident, customer in validated:
            policy.reader.facts(incident, customer, own=each.own, at=each.at)

    def match() -> None:
        for each in facts:
            engine.evaluate(each).matches  # noqa: B018 - asking for them makes them

    return {f"decide {size}": decide, f"facts {size}": read, f"matching {size}": match}


def _validated(drawn: Drawn) -> tuple[Drawn, Incident, Customer]:
    incident = Incident.model_validate_json(drawn.incident)
    return drawn, incident, Customer.model_validate_json(drawn.customer)


def _decided(policy: Policy, drawn: Sequence[Drawn]) -> Iterator[Decision]:
    for each, incident, customer in map(_validated, drawn):
        yield policy.decide(incident, customer, facts=each.own, at=each.at)


# --- loading -----------------------------------------------------------------------------------


def loading(rules: int, rounds: int) -> dict[str, Any]:
    """Compare loading, and its parts, with PyYAML's C parser composing the same text."""
    files = policy_text(rules)
    with TemporaryDirectory() as folder, TemporaryDirectory() as cache:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        raw = read_folder(Path(folder), Findings())
        schema = model_schema()
        checked = Policy.load(folder, cache=cache).checked

        def compose() -> None:
            for text in files.values():
                yaml.compose(text, Loader=yaml.CSafeLoader)

        def read() -> None:
            findings = Findings()
            for name, text in raw.items():
                read_source(name, text, findings)

        works = {
            "compose": compose,
            "whole load": lambda: Policy.load(folder),
            "load again from the cache": lambda: Policy.load(folder, cache=cache),
            "read the files": read,
            "read and check": lambda: load_policy(raw, schema, Findings()),
            "build the index": lambda: engine_named("indexed", checked),
        }
        measured = in_turns(works, rounds)
    return {
        "rules": rules,
        "bytes": sum(map(len, raw.values())),
        "parts": {
            name: {
                "milliseconds": round(measured.median_s(name) * 1e3, 1),
                "ratio": round(measured.ratio(name, "compose"), 2),
            }
            for name in works
        },
    }


def index_memory(sizes: tuple[int, ...]) -> Mapping[str, int]:
    """Return how many KiB an index keeps, by number of rules."""
    return {str(size): _kept(load(policy_text(size))) // KIB for size in sizes}


def _kept(policy: Policy) -> int:
    engine_named("indexed", policy.checked)  # what a first one leaves behind does not count
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    engine = engine_named("indexed", policy.checked)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del engine
    return after - before


# --- importing ---------------------------------------------------------------------------------


def importing(rounds: int) -> dict[str, Any]:
    """Compare importing remedykit with importing pydantic, each in a new interpreter."""
    names = ("pydantic", "remedykit")
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            seconds[name].append(_import_s(name))
    ratios = [ours / theirs for theirs, ours in zip(*seconds.values(), strict=True)]
    return {
        **{f"{name}_ms": round(median(took) * 1e3, 1) for name, took in seconds.items()},
        "ratio": round(median(ratios), 2),
    }


def _import_s(name: str) -> float:
    code = (
        "import time; began = time.process_time(); "
        f"import {name}; print(time.process_time() - began)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return float(done.stdout)
