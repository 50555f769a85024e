"""SELinux: the mode in force, never the bootloader's wish."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.testing import denied, interpret_probe, measurement


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("Enforcing", Outcome.PASS),
        ("Permissive", Outcome.ATTENTION),
        ("Disabled", Outcome.ATTENTION),
    ],
)
def test_mode(answer: str, outcome: Outcome) -> None:
    result = interpret_probe(
        "integrity.selinux", {"getenforce": f"{answer}\n", "getprop": getprop()}
    )
    assert result.outcome is outcome


def test_refused() -> None:
    words: dict[str, str | Reply] = {"getenforce": denied("getenforce"), "getprop": getprop()}
    result = interpret_probe("integrity.selinux", words)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_bootloaders_wish_alone_is_only_observed() -> None:
    words = getprop({"ro.boot.selinux": "permissive"})
    result = interpret_probe("integrity.selinux", {"getprop": words})
    assert result.outcome is Outcome.NOT_RUN
    assert measurement(result, "boot_setting").outcome is Outcome.OBSERVED


@pytest.mark.parametrize("answer", ["", "1", "enforcing-ish"])
def test_strange_words_are_no_mode(answer: str) -> None:
    result = interpret_probe("integrity.selinux", {"getenforce": answer, "getprop": getprop()})
    assert result.outcome is Outcome.NOT_RUN
