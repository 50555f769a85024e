"""What is asked of a Qualcomm boot ROM, where the operator allowed it by name."""

from __future__ import annotations

from diagnose.model.requests.sahara import identity
from diagnose.requests import values

IDENTITY = identity(kept=values.BOOT_ROM)
"""Serial number (masked), hardware id, key hash. No loader is sent, nothing is reset."""
