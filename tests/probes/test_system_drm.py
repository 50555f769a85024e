"""Widevine as far as the shell may know."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.outcome import Outcome
from diagnose.privacy.redactor import Redactor
from diagnose.testing import absent, interpret_probe, measurement

SERVICE = "init.svc.vendor.drm-widevine-hal"


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("running", Outcome.PASS),
        ("stopped", Outcome.OBSERVED),
        ("restarting", Outcome.ATTENTION),
    ],
)
def test_service(state: str, outcome: Outcome) -> None:
    result = interpret_probe("system.drm", {"getprop": getprop({SERVICE: state})})
    assert measurement(result, "service").outcome is outcome


def test_level_where_the_maker_states_it() -> None:
    words = getprop({"sys.lenovo.widevine_security_level": "L1"})
    result = interpret_probe("system.drm", {"getprop": words})
    assert measurement(result, "level").value == "L1"


def test_level_is_unread_where_only_apps_know_it() -> None:
    result = interpret_probe("system.drm", {"getprop": getprop({SERVICE: "running"})})
    assert measurement(result, "level").value is None


def test_phone_that_says_nothing_is_not_run() -> None:
    assert interpret_probe("system.drm", {"getprop": getprop()}).outcome is Outcome.NOT_RUN


FACTORY = "android.hardware.drm.IDrmFactory/widevine"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("  default_security_level: L1", "L1"),
        ('"default_security_level":"L3",', "L3"),
        ("Default_Security_Level = LEVEL_2", "L2"),
        ("default_security_level: SECURITY_LEVEL_HW_SECURE_ALL", "L1"),
        ("default_security_level: HW_SECURE_CRYPTO", "L2"),
        ("default_security_level: SW_SECURE_DECODE", "L3"),
        ("default_security_level: unknown", None),
        ("default_security_level: 1", None),
        ("security_level: L1", None),
        ("", None),
    ],
)
def test_level_of_the_factory_s_own_dump(line: str, level: str | None) -> None:
    dump = f"Widevine CDM\n{line}\n"
    answers = {"getprop": getprop({SERVICE: "running"}), f"dumpsys {FACTORY}": dump}
    result = interpret_probe("system.drm", answers)
    assert measurement(result, "level").value == level
    assert measurement(result, "service").value == "running"


def test_huawei_s_word_of_level_3_is_no_level() -> None:
    words = getprop({"ro.config.widevine_level3": "true"})
    result = interpret_probe("system.drm", {"getprop": words})
    assert measurement(result, "level").value is None


def test_the_dump_is_trusted_over_a_property() -> None:
    result = interpret_probe(
        "system.drm",
        {
            "getprop": getprop({"ro.mtk_widevine_drm_l1_support": "1"}),
            f"dumpsys {FACTORY}": "default_security_level: L3\n",
        },
    )
    level = measurement(result, "level")
    assert level.value == "L3"
    assert [reading.value for reading in level.readings] == ["L3", "L1"]


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("service list", f"Found 2 services:\n0\tactivity: [x]\n1\t{FACTORY}: [y]\n"),
        ("lshal", "Y android.hardware.drm@1.3::IDrmFactory/widevine  0/1 501 388\n"),
    ],
)
def test_factory_that_is_registered(command: str, line: str) -> None:
    result = interpret_probe("system.drm", {"getprop": getprop(), command: line})
    assert measurement(result, "offered").value is True


def test_factory_that_is_lazy_or_another_is_unknown() -> None:
    listed = "Found 1 services:\n0\tandroid.hardware.drm.IDrmFactory/clearkey: [x]\n"
    gone = absent(FACTORY)
    result = interpret_probe(
        "system.drm", {"getprop": getprop(), "service list": listed, f"dumpsys {FACTORY}": gone}
    )
    assert measurement(result, "offered").value is None


def test_numbers_of_one_phone_in_the_dump_are_masked() -> None:
    output = b"default_security_level: L1\nprovisioning_unique_id: 5a3c0f77d1e2b3c4\n"
    redacted, _ = Redactor(key=b"any").redact(output)
    assert b"5a3c0f77" not in redacted
    assert b"level: L1" in redacted
