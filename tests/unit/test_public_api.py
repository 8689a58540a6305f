"""The public names, and what importing them costs."""

import inspect
import subprocess
import sys
from importlib.metadata import version

import remedykit
from remedykit import model

HEAVY = (
    "hypothesis",
    "jsonschema",
    "rich",
    "typer",
    "multiprocessing",
    "asyncio",
    "sqlite3",
    "http.client",
    "durable",
    "durable_rules_engine",
)


def test_the_public_names_are_sorted_exist_and_are_documented() -> None:
    names = [name for name in remedykit.__all__ if name != "__version__"]
    assert names == sorted(names)
    assert all(inspect.getdoc(getattr(remedykit, name)) for name in names)


def test_importing_remedykit_imports_nothing_heavy() -> None:
    code = "import sys, remedykit; print([n for n in sys.argv[1:] if n in sys.modules])"
    command = [sys.executable, "-c", code, *HEAVY]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_version_is_the_installed_one() -> None:
    assert remedykit.__version__ == version("remedykit")


def test_there_are_no_other_names_by_magic() -> None:
    assert not hasattr(remedykit, "polices")


def test_what_subclasses_of_the_models_are_written_with_is_public() -> None:
    assert model.__all__ == ["Amount", "Fact", "Number"]
