"""Release, test, debug and community builds."""

from __future__ import annotations

import pytest
from tests.probes.property_words import EMULATOR, getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement


def test_release_build() -> None:
    result = interpret_probe("integrity.build", {"getprop": getprop()})
    assert result.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"ro.build.type": "userdebug"}, "type"),
        ({"ro.build.type": "eng"}, "type"),
        ({"ro.build.tags": "test-keys"}, "keys"),
        ({"ro.debuggable": "1"}, "debuggable"),
        ({"ro.secure": "0"}, "root_shell"),
        ({"ro.lineage.build.version": "22.2"}, "community_system"),
    ],
)
def test_changed_software_is_attention(change: dict[str, str | None], name: str) -> None:
    result = interpret_probe("integrity.build", {"getprop": getprop(change)})
    assert measurement(result, name).outcome is Outcome.ATTENTION
    assert result.outcome is Outcome.ATTENTION


def test_excerpt_without_the_variant_is_not_run() -> None:
    words = getprop({"ro.build.type": None, "ro.build.tags": None})
    assert interpret_probe("integrity.build", {"getprop": words}).outcome is Outcome.NOT_RUN


def test_emulator() -> None:
    words = getprop({**EMULATOR, "ro.build.type": "userdebug"})
    assert interpret_probe("integrity.build", {"getprop": words}).outcome is Outcome.NOT_APPLICABLE
