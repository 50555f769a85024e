"""USB ports, temperatures, zones and the trade-in report."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.thermal.hardware_properties import parse_hardware_properties
from diagnose.parsers.thermal.kinds import expected_kinds, live_heat, zone_heat
from diagnose.parsers.thermal.thermalservice import parse_thermalservice
from diagnose.parsers.thermal.zones import parse_zones
from diagnose.parsers.tradein.report import parse_tradein
from diagnose.parsers.usb.dumpsys import parse_usb

THERMAL = """IsStatusOverride: false
Thermal Status: 1
Cached temperatures:
\tTemperature{mValue=89.0, mType=0, mName=CPU0, mStatus=0}
HAL Ready: true
Current temperatures from HAL:
\tTemperature{mValue=34.5, mType=0, mName=CPU0, mStatus=0}
\tTemperature{mValue=NaN, mType=3, mName=skin, mStatus=0}
\tTemperature{mValue=3.936, mType=6, mName=vbat, mStatus=0}
\tTemperature{mValue=-99.9, mType=4, mName=usb, mStatus=0}
Current cooling devices from HAL:
\tCoolingDevice{mValue=0, mType=3, mName=gpu}
Temperature static thresholds from HAL:
\tTemperatureThreshold{mType=2, mName=battery, mHotThrottlingThresholds=[NaN, 60.0], mCold=[]}
"""
USB = """USB MANAGER STATE (dumpsys usb):
{
  device_manager={
    handler={
      connected=true
    }
  }
  port_manager={
    usb_ports={
      port={
        id=port0
        supported_modes=dual
      }
      status={
        connected=false
        power_role=sink
        role_combinations=[
          {
            power_role=source
          }
        ]
        contaminant_presence_status=not detected
      }
      port={
        id=port1
      }
      status={
        connected=true
      }
    }
  }
}
"""
REPORT = {
    "battery": {"cycle_count": 143, "state_of_health": 97, "part_status": "Replaced"},
    "storage": {"useful_lifetime_remaining": 88, "capacity_bytes": "256"},
    "screen": {"screens": [{"part_status": "Original"}, {}]},
    "hinge": {"hinges": [{"num_times_folded": 12, "rated_lifespan": 200000}, {"x": 1}]},
    "sensors": {"moisture_intrusion": True},
    "locks": {"factory_reset_protection": False},
}


def test_only_the_live_block_counts() -> None:
    dump = parse_thermalservice(THERMAL)
    assert (dump.status, dump.overridden) == (1, False)
    assert {(h.kind, h.celsius) for h in live_heat(dump)} == {
        ("cpu", 34.5),
        ("skin", None),
        ("usb", None),
    }
    assert expected_kinds(dump) == {"battery"}


def test_dump_that_ends_before_the_live_block() -> None:
    dump = parse_thermalservice(THERMAL.split("Current", maxsplit=1)[0].replace("\t", "        "))
    assert dump.status == 1
    assert not dump.has_live_block
    assert dump.live == ()


def test_older_samsung_counts_types_its_own_way() -> None:
    dump = parse_thermalservice(
        "Current temperatures from HAL:\n"
        "\tTemperature{mValue=31.0, mType=3, mName=BATTERY, mStatus=0}\n"
        "\tTemperature{mValue=29.0, mType=4, mName=X1, mStatus=0}\n"
        "\tTemperature{mValue=37.0, mType=1, mName=X2, mStatus=0}\n"
    )
    assert [h.kind for h in live_heat(dump)] == ["battery", "skin", "cpu"]


def test_zones_with_blanks_and_sentinels() -> None:
    zones = parse_zones(
        "thermal_zone0 battery 27000\nthermal_zone1 modem-wifi-usr \n"
        "thermal_zone2 pm-bcl-lvl0 -274000\nthermal_zone3 cpu-0-0-usr 32300\n"
    )
    assert [zone.celsius for zone in zones] == [27.0, None, None, 32.3]
    assert {(h.kind, h.celsius) for h in zone_heat(zones)} == {("battery", 27.0), ("cpu", 32.3)}


def test_zones_as_grep_prints_them() -> None:
    zones = parse_zones(
        "/sys/class/thermal/thermal_zone0/type:battery\n/sys/class/thermal/thermal_zone1/type:usb\n"
        "/sys/class/thermal/thermal_zone0/temp:27400\n"
    )
    assert [(zone.name, zone.celsius) for zone in zones] == [("battery", 27.4), ("usb", None)]


def test_hardware_properties_leave_the_undefined_out() -> None:
    parsed = parse_hardware_properties(
        "CPU temperatures: [37.4, -3.4028235E38]\nCPU throttling temperatures: [95.0]\n"
        "Battery temperatures: []\n"
    )
    assert [word.value for word in parsed["cpu"]] == ["37.4", "-3.4028235E38"]
    assert parsed["battery"] == ()


def test_ports_of_the_braced_form() -> None:
    ports = parse_usb(USB)
    assert [port.id for port in ports] == ["port0", "port1"]
    assert ports[0].word("connected") == "false"
    assert ports[0].word("power_role") == "sink"
    assert ports[0].word("contaminant_presence_status") == "not detected"
    assert ports[1].word("connected") == "true"


def test_port_of_android_8() -> None:
    ports = parse_usb(
        "USB Manager State:\n  USB Port State:\n    otg_default: Port=UsbPort{id=otg_default, "
        "supportedModes=dual}, status=UsbPortStatus{connected=true, currentMode=ufp, "
        "currentPowerRole=sink}, canChangeMode=true\n"
    )
    assert ports[0].id == "otg_default"
    assert ports[0].word("power_role") == "sink"


def test_no_port_is_a_fair_answer() -> None:
    assert parse_usb("USB Manager State:\n  USB Device State:\n    mConnected: 1\n") == ()


def test_trade_in_report() -> None:
    report = parse_tradein("WARNING: linker\n" + json.dumps(REPORT, indent=1))
    assert report.battery["cycle_count"].integer == 143
    assert report.battery["part_status"].raw == '"part_status": "Replaced"'
    assert [screen.value for screen in report.screens] == ["Original"]
    assert report.hinges == ((12, 200_000),)
    assert report.moisture is not None
    assert report.moisture.flag is True
    assert report.locked is not None
    assert report.locked.flag is False


@pytest.mark.parametrize("text", ["", "not in trade-in mode", "[1]", '{"a": 1}', '{"battery": {'])
def test_no_report_is_a_parse_error(text: str) -> None:
    with pytest.raises(ParseError):
        parse_tradein(text)


def survives(text: str) -> None:
    for parser in (
        parse_thermalservice,
        parse_usb,
        parse_zones,
        parse_hardware_properties,
        parse_tradein,
    ):
        try:
            parser(text)
        except ParseError:
            continue


@given(st.text(max_size=400))
def test_arbitrary_text_raises_only_parse_errors(text: str) -> None:
    survives(text)


@given(
    st.sampled_from((THERMAL, USB, json.dumps(REPORT))),
    st.integers(0, 900),
    st.text(max_size=20),
    st.integers(0, 40),
)
def test_mutated_sample_raises_only_parse_errors(sample: str, at: int, put: str, cut: int) -> None:
    survives(sample[:at] + put + sample[at + cut :])


@given(
    st.dictionaries(
        st.sampled_from(("battery", "storage", "screen", "hinge", "sensors", "locks")),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(("screens", "hinges", "part_status", "rated_lifespan")), inner
                )
            ),
            max_leaves=8,
        ),
    )
)
def test_any_json_raises_only_parse_errors(tree: dict[str, object]) -> None:
    survives(json.dumps(tree))


@pytest.mark.parametrize("piece", ["{", "[", "port={\n", "Temperature{mValue=", "1", "\t", '{"a":'])
def test_megabytes_are_bounded(piece: str) -> None:
    survives("USB MANAGER STATE" + piece * (2_000_000 // len(piece)))
