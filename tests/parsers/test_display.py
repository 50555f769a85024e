"""Panel, sizes and the compositor's own words."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parsers.senses_mutation import mutated

from diagnose.errors import ParseError
from diagnose.parsers.display.display import (
    parse_compositor,
    parse_displays,
    parse_wm_density,
    parse_wm_size,
)

DUMP = """DISPLAY MANAGER (dumpsys display)
  mGlobalDisplayState=ON
  mViewports=[DisplayViewport{type=INTERNAL, valid=true, displayId=0, uniqueId='local:1', physicalPort=-127, orientation=0, logicalFrame=Rect(0, 0 - 1080, 2376), deviceWidth=1440, deviceHeight=3168}]
  mStableDisplaySize=Point(1080, 2376)

Display Devices: size=2
  DisplayDeviceInfo{"Outer": uniqueId="local:2", 904 x 2316, modeId 1, defaultModeId 1, supportedModes [{id=1, width=904, height=2316, fps=60.0}], colorMode 0, density 420, 400.0 x 400.0 dpi, type INTERNAL, state OFF, FLAG_X}
  DisplayDeviceInfo{"Inner": uniqueId="local:1", 1080 x 2376, modeId 1, defaultModeId 1, supportedModes [{id=1, width=1080, height=2376, fps=60.000004}, {id=2, width=1440, height=3168, fps=120.00001, alternativeRefreshRates=[60.0]}], colorMode 0, density 480, 500.0 x 500.0 dpi, type INTERNAL, state ON, FLAG_DEFAULT_DISPLAY}
  DisplayDeviceInfo{"Cast": uniqueId="wifi:1", 3840 x 2160, modeId 1, supportedModes [{id=1, width=3840, height=2160, fps=30.0}], density 320, type WIFI, state ON}
"""  # noqa: E501 - the phone's own long lines
IDENTIFIED = 'Display 46198 (HWC display 0): port=0 pnpId=GGL displayName="EMU_display_0"\n'


def test_the_screen_in_use_of_a_foldable_and_its_largest_mode() -> None:
    displays = parse_displays(DUMP)
    assert displays.panel is not None
    assert displays.device_count == 2
    assert (displays.panel.name, displays.panel.state) == ("Inner", "ON")
    assert displays.panel.largest_px == (1440, 3168)
    assert displays.panel.refresh_max_hz == pytest.approx(120, abs=0.1)


def test_a_cut_dump_says_the_glass_and_not_the_app_size() -> None:
    panel = parse_displays(DUMP[: DUMP.index("Display Devices")]).panel
    assert panel is not None
    assert panel.largest_px == (1440, 3168)
    assert (panel.modes, panel.refresh_max_hz) == ((), None)


def test_a_dump_without_a_screen() -> None:
    displays = parse_displays("DISPLAY MANAGER (dumpsys display)\n\nDisplay Devices: size=0\n")
    assert (displays.panel, displays.device_count) == (None, 0)


def test_the_physical_size_whatever_was_chosen() -> None:
    assert parse_wm_size("Physical size: 1080x2340\nOverride size: 720x1560\n") == (1080, 2340)
    assert parse_wm_density("Physical density: 480\nOverride density: 320\n") == 480


def test_the_compositor_in_its_several_answers() -> None:
    named = parse_compositor(IDENTIFIED)
    assert (named.raw, named.gles) == (IDENTIFIED.strip(), "")
    assert parse_compositor("Display 0 (HWC display 0): no identification data\n").raw
    assert parse_compositor("16666667\n0\t0\t0\n").refresh_period_ns == 16_666_667
    hung = parse_compositor("\n*** SERVICE 'SurfaceFlinger' DUMP TIMEOUT (10000ms) EXPIRED ***\n")
    assert "TIMEOUT" in hung.raw


PARSERS = (parse_displays, parse_wm_size, parse_wm_density, parse_compositor)


@pytest.mark.parametrize("parser", PARSERS)
def test_anything_else_is_refused(parser: object) -> None:
    assert callable(parser)
    for text in ("", "Can't find service", "Override size: 1x1"):
        with pytest.raises(ParseError):
            parser(text)


@given(st.one_of(st.text(max_size=400), mutated((DUMP, IDENTIFIED, "Physical size: 1x2\n"))))
def test_only_parse_errors(text: str) -> None:
    for parser in PARSERS:
        with contextlib.suppress(ParseError):
            parser(text)


def test_a_hostile_dump_takes_linear_time() -> None:
    started = time.perf_counter()
    parse_displays(DUMP + 'DisplayDeviceInfo{"a": uniqueId="b"' * 50_000 + "width=1," * 300_000)
    with contextlib.suppress(ParseError):
        parse_compositor("Display 1" * 500_000)
    assert time.perf_counter() - started < 10
