"""Whose signatures count, and what a chain is held against."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnose.case.record.events import Chain
    from diagnose.case.record.verify import Flaw


def check(chain: Chain, against: Path | None, trust: tuple[str, ...]) -> tuple[Flaw, ...]:
    """Look for everything that is wrong with a chain, also against a copy made earlier."""
    from diagnose.case.record.copy import read_copy
    from diagnose.case.record.verify import check_chain
    from diagnose.errors import CaseRefused
    from diagnose.station.trust import trusted_keys

    known = read_copy(against) if against else None
    if known and known.case != chain.case:
        raise CaseRefused(f"that is a copy of the case {known.case}")
    return check_chain(chain, trusted=trusted_keys(trust), known=known.events if known else ())
