"""A virtual phone by its name: recorded when a test needs it, once."""

from __future__ import annotations

import pytest
from tests.properties.judged import Subjected, virtual_phone


@pytest.fixture
def phone(request: pytest.FixtureRequest) -> Subjected:
    """The phone that a test names (`indirect=True`)."""
    return virtual_phone(request.param)
