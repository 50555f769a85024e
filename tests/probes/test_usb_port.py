"""usb.port: dirt and water fail where the phone itself senses them, silence is unknown."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import absent, interpret_probe, measurement

DUMP = """USB MANAGER STATE (dumpsys usb):
{{
  port_manager={{
    usb_ports={{
      port={{
        id={id}
      }}
      status={{
        connected=true
        power_role=sink
        contaminant_presence_status={status}
      }}
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("not detected", Outcome.PASS),
        ("detected", Outcome.FAIL),
        ("CONTAMINANT_STATUS_DETECTED", Outcome.FAIL),
        ("CONTAMINANT_STATUS_NOT_DETECTED", Outcome.PASS),
        ("disabled", Outcome.OBSERVED),
        ("not-supported", Outcome.OBSERVED),
        ("4", Outcome.OBSERVED),
    ],
)
def test_contaminant(status: str, outcome: Outcome) -> None:
    answers = {"dumpsys usb": DUMP.format(id="port0", status=status)}
    assert interpret_probe("usb.port", answers).outcome is outcome


def test_name_of_a_port_cannot_break_the_report() -> None:
    answers = {"dumpsys usb": DUMP.format(id="<b>/../x" + "y" * 90, status="not detected")}
    result = interpret_probe("usb.port", answers)
    name = next(m.id for m in result.measurements if "contaminant" in m.id)
    assert len(name) < 80
    assert not set(name) & set("<>/")


@pytest.mark.parametrize(
    ("event", "outcome"), [(65536, Outcome.PASS), (65568, Outcome.FAIL), (-1, Outcome.NOT_RUN)]
)
def test_water_bit_of_samsung(event: int, outcome: Outcome) -> None:
    answers = {"dumpsys battery": f"  level: 50\n  batteryMiscEvent: {event}\n"}
    assert interpret_probe("usb.port", answers).outcome is outcome


def test_no_service_is_not_run() -> None:
    result = interpret_probe("usb.port", {"dumpsys usb": absent("usb")})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)
    assert measurement(result, "contaminant").value is None
