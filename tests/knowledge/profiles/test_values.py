"""What a fact may be: values a probe can use pass, others are refused with what to write."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.knowledge.probes import load_probes
from diagnose.knowledge.profiles.values import fact_specs, objection
from diagnose.model.criterion import Value
from diagnose.model.text import Text
from diagnose.sdk import FactKind, FactSpec, Probe, Unit

SPECS = fact_specs(loaded.probe for loaded in load_probes().values())
VALUES = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.lists(st.text()).map(tuple),
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("battery_typical_mah", 4400),
        ("camera_count", 4),
        ("cpu_cores", 8),
        ("display_px", "1080x2400"),
        ("launch_os", "HarmonyOS 4.2"),
        ("launch_os", "Android 8.1"),
        ("latest_android", "Android 15"),
        ("latest_os", "One UI 6.1.1"),
        ("memory_gb", ("8", "12")),
        ("nfc", False),
        ("refresh_hz", 120),
        ("refresh_hz", 59.94),
        ("sensor_types", ("accelerometer", "barometer")),
        ("sensor_parts", ("BMI160 Accelerometer",)),
        ("support_until", "2031-08"),
    ],
)
def test_good_values(name: str, value: Value) -> None:
    assert objection(SPECS[name], value) is None


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("sensor_types", ("acelerometer",), "did you mean accelerometer"),
        ("sensor_types", ("warp",), "known: accelerometer"),
        ("sensor_types", "light", '["light"]'),
        ("refresh_hz", "120 Hz", "in Hz: 120"),
        ("refresh_hz", True, "in Hz"),
        ("refresh_hz", float("nan"), ""),
        ("battery_typical_mah", ("4400",), "in mAh"),
        ("display_px", "1080*2400", "1080x2400"),
        ("display_px", 1080, "1080x2400"),
        ("support_until", "2031-13", "2031-08"),
        ("support_until", "1931-08", "2031-08"),
        ("support_until", 2031, "2031-08"),
        ("cpu_cores", 7.5, ""),
        ("memory_gb", 8, "[6, 8]"),
        ("memory_gb", ("8 GB",), "in GB: 8"),
        ("nfc", "yes", "true or false"),
        ("launch_os", "13", "HarmonyOS 4.2"),
        ("launch_os", "Android Tiramisu", "HarmonyOS 4.2"),
    ],
)
def test_wrong_values_are_refused_with_what_to_write(name: str, value: Value, hint: str) -> None:
    wrong = objection(SPECS[name], value)
    assert wrong is not None
    assert wrong.message
    assert hint in wrong.hint


@given(value=VALUES)
def test_any_value_of_any_fact_has_an_answer(value: Value) -> None:
    for spec in SPECS.values():
        wrong = objection(spec, value)
        assert wrong is None or wrong.message


def test_of_two_probes_the_one_that_says_the_kind_counts() -> None:
    title = Text("x")
    plain, output = FactSpec(Unit.NONE, title), FactSpec(Unit.NONE, title, FactKind.BOOLEAN)
    probe = next(iter(load_probes().values())).probe

    def using(spec: FactSpec) -> Probe:
        return replace(probe, facts={"x": spec})

    for order in ((plain, output), (output, plain)):
        assert fact_specs(using(spec) for spec in order)["x"] is output
