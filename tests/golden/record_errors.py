"""Records what is said about each faulty policy; read the difference before you commit it.

Run it in the folder ``tests``: ``python -m golden.record_errors``.
"""

from support.error_cases import FOLDER, error_cases, text_of


def main() -> None:
    """Write the text beside each case, and remove texts without a case."""
    cases = error_cases()
    for stale in {*FOLDER.glob("*.txt")} - {case.recording for case in cases}:
        stale.unlink()
    for case in cases:
        case.recording.write_text(text_of(case.find()), encoding="utf-8")


if __name__ == "__main__":
    main()
