"""What is asked of a Qualcomm boot ROM, where the operator allowed it by name."""

from __future__ import annotations

from diagnose.model.requests.sahara import identity

IDENTITY = identity()
"""Serial number (masked), hardware id, key hash. No loader is sent, nothing is reset."""
