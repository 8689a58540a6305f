"""What all tests share: the examples in the docs, how hard Hypothesis tries, what is traced."""

import os
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import settings
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

# The Python blocks of a page run in order and in one namespace; other blocks do not run.
# <!-- skip: next --> before a block leaves it out.
_pages = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],  # `**` would be one folder, too
)
_docstrings = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS)],
    patterns=["src/*/*.py", "src/*/*/*.py"],
    document_types={".py": PythonDocStringDocument},
)
pytest_collect_file = (_pages + _docstrings).pytest()

# No deadlines: a busy machine is slow, not wrong.
settings.register_profile("dev", deadline=None)
# The same examples every time, so that a red run blames the change and not its luck.
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
# ./check --slow looks further, and elsewhere each time.
settings.register_profile("slow", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# Traced, the same code takes twice as long, so only the tests of single things are: they cover all.
_TRACED = frozenset({"conformance", "golden", "unit"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure no coverage of what decides by the thousand, or in other processes."""
    for item in items:
        if item.path.parent.name not in _TRACED:
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """End what pytest-cov 7.1 begins to measure when a worker of pytest-xdist starts.

    It begins again at once and forgets the first, to which coverage would return, and trace, in
    each test that is marked ``no_cover``.
    """
    begun = Coverage.current()
    if begun is not None and hasattr(session.config, "workerinput"):
        begun.stop()


_SHARED = Path(__file__).resolve().parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data beside the repository; without it the test is skipped."""
    if not _SHARED.is_dir():
        pytest.skip("there is no folder `shared` beside the repository")
    return _SHARED
