"""Records what the command line prints; read the difference before you commit it.

Run it in the folder ``tests``: ``python -m golden.record_cli``.
"""

from support.command_cases import FOLDER, command_cases


def main() -> None:
    """Write the file of each case, and remove files without a case."""
    cases = command_cases()
    FOLDER.mkdir(exist_ok=True)
    for stale in {*FOLDER.glob("*.txt")} - {FOLDER / case.name for case in cases}:
        stale.unlink()
    for case in cases:
        (FOLDER / case.name).write_text(case.printed(), encoding="utf-8")


if __name__ == "__main__":
    main()
