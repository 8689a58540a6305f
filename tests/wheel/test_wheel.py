"""The built wheel works where nothing but it and what it needs stands."""

import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.xdist_group("wheel")  # one worker builds and installs for all of them

_ROOT = Path(__file__).resolve().parents[2]
_SCRIPTS = "Scripts" if os.name == "nt" else "bin"

_DECIDE = """
from remedykit import Customer, Incident, LineItem, Order, Policy

shelf = LineItem(id="1", title="Oak shelf", price="35.00", unit_cost="21.00", stock=4)
order = Order(id="A-1001", currency="USD", lines=[shelf])
incident = Incident(kind="lost_package", order=order, affected=["1"], days_late=7)
decision = Policy.shipped("nurture").decide(incident, Customer(id="C-7"))
print(len(decision.plan.remedies))
"""


def _run(*command: str | Path, folder: Path) -> str:
    """What a command prints that sees nothing of this checkout; a failing one fails the test."""
    environment = {name: v for name, v in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution and not from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "build", "--no-isolation")
    _run(*build, "--outdir", folder, _ROOT, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel and its dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    commands = folder / _SCRIPTS
    pip = (sys.executable, "-m", "pip", "--python", commands / "python")
    versions = ("--constraint", _ROOT / "constraints.txt")
    _run(*pip, "install", "--quiet", *versions, wheel, folder=folder)
    return commands


def test_the_wheel_carries_every_shipped_policy_and_the_type_marker(wheel: Path) -> None:
    shipped = {
        f"remedykit/{path.relative_to(_ROOT).as_posix()}"
        for path in (_ROOT / "rules").rglob("*")
        if path.is_file()
    }

    missing = (shipped | {"remedykit/py.typed"}) - set(ZipFile(wheel).namelist())

    assert shipped
    assert missing == set()


def test_an_installed_wheel_decides_with_a_shipped_policy(scripts: Path, tmp_path: Path) -> None:
    planned = _run(scripts / "python", "-c", _DECIDE, folder=tmp_path)

    assert int(planned) >= 1


def test_an_installed_wheel_has_the_command(scripts: Path, tmp_path: Path) -> None:
    assert "decide" in _run(scripts / "remedykit", "--help", folder=tmp_path)
