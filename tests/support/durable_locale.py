"""Decides where numbers have a decimal comma; says whether it comes out right. Run by a test."""

import locale
import sys
from contextlib import suppress

from support.durable_fuzz import difference_in_clauses, difference_in_timelines

for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "it_IT.UTF-8", "es_ES.UTF-8", "de-DE"):
    with suppress(locale.Error):
        locale.setlocale(locale.LC_ALL, name)
        break
if locale.localeconv()["decimal_point"] != ",":
    sys.stdout.write("no such locale\n")
else:
    found = [difference_in_clauses(seed) or difference_in_timelines(seed) for seed in range(50)]
    sys.stdout.write("".join(found) or "right\n")
