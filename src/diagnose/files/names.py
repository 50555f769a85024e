"""The names of the files that a run writes."""

from __future__ import annotations

import re

MANIFEST = "manifest.json"
PART = ".part"
"""What a file's name ends in as long as it is not whole."""

VIEWS = ("report.html", "report.pdf", "annex.html", "annex.pdf")
"""What a reader takes for part of a report that lies in the same folder."""

OURS = re.compile(
    r"(?:report\.(?:json|html|pdf)|annex\.(?:html|pdf)|capture\.jsonl|case\.json|manifest\.json)"
)
INNER = re.compile(r"(?:phone-[0-9a-f]{12}|after)")
"""Folders in the folder of a run: a phone of several, the report after a repair."""

PART_OF_OURS = re.compile(rf"(?:{OURS.pattern}|[^/]{{1,200}}\.xml){re.escape(PART)}")
