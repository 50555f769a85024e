"""Names that differ, made of names that may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def unique_labels(labels: Sequence[str]) -> list[str]:
    """Give each label in its place, those that stand there several times with a number."""
    times, seen, taken = Counter(labels), Counter[str](), set(labels)
    unique = []
    for label in labels:
        given = label
        while times[label] > 1 and (given == label or given in taken):
            seen[label] += 1
            given = f"{label}#{seen[label]}"
        taken.add(given)
        unique.append(given)
    return unique
