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
        ({"ro.build.tags": "test-keys", "ro.boot.verifiedbootstate": "orange"}, "keys"),
        ({"ro.build.host": "xiaomi.eu"}, "community_system"),
        ({"ro.miui.ui.version.name": "V140", "ro.product.brand": "nubia"}, "community_system"),
        ({"ro.debuggable": "1"}, "debuggable"),
        ({"ro.secure": "0"}, "root_shell"),
        ({"ro.lineage.build.version": "22.2"}, "community_system"),
    ],
)
def test_changed_software_is_attention(change: dict[str, str | None], name: str) -> None:
    result = interpret_probe("integrity.build", {"getprop": getprop(change)})
    assert measurement(result, name).outcome is Outcome.ATTENTION
    assert result.outcome is Outcome.ATTENTION


@pytest.mark.parametrize("tags", ["dev-keys", "test-keys"])
def test_keys_that_the_bootloader_vouches_for_accuse_nobody(tags: str) -> None:
    words = getprop({"ro.build.tags": tags})
    result = interpret_probe("integrity.build", {"getprop": words})
    assert measurement(result, "keys").outcome is Outcome.OBSERVED
    assert measurement(result, "keys").note is not None
    assert result.outcome is Outcome.PASS


def test_a_system_nobody_vouches_for_is_not_called_the_makers() -> None:
    words = getprop({"ro.boot.verifiedbootstate": None})
    result = interpret_probe("integrity.build", {"getprop": words})
    assert measurement(result, "community_system").outcome is Outcome.NOT_RUN


def test_excerpt_without_the_variant_is_not_run() -> None:
    words = getprop({"ro.build.type": None, "ro.build.tags": None})
    assert interpret_probe("integrity.build", {"getprop": words}).outcome is Outcome.NOT_RUN


def test_emulator() -> None:
    words = getprop({**EMULATOR, "ro.build.type": "userdebug"})
    assert interpret_probe("integrity.build", {"getprop": words}).outcome is Outcome.NOT_APPLICABLE
