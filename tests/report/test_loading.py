"""A report alone is shown without loading what only a case has: 15 ms of every run."""

from __future__ import annotations

import subprocess
import sys


def test_a_report_alone_loads_nothing_of_a_case() -> None:
    code = (
        "import sys, diagnose.report.html, diagnose.report.terminal;"
        "of_case = {'consent', 'acceptance', 'bill', 'work', 'verification', 'closing', 'case'};"
        "print(sorted(of_case & {n.rpartition('.')[2] for n in sys.modules if 'diagnose.' in n}))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
