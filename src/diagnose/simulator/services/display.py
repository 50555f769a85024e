"""`dumpsys display` and `wm`."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.services.owner import cast_lines
from diagnose.simulator.state.display import Display
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.owner import Owner


@answers("dumpsys display")
def dumpsys_display(phone: Phone, _words: Words) -> Output:
    """The display manager's state."""
    return say("\n".join(_manager(phone, phone[Display])) + "\n")


@answers("dumpsys power")
def dumpsys_power(phone: Phone, _words: Words) -> Output:
    """PowerManagerService: awake or asleep, and the apps that keep it so."""
    is_on, app = phone[Display].state == "ON", phone[Owner].apps[0]
    return say(
        "POWER MANAGER (dumpsys power)\n\nPower Manager State:\n"
        f"  mDirty=0x0\n  mWakefulness={'Awake' if is_on else 'Asleep'}\n"
        "  mWakefulnessChanging=false\n  mIsPowered=true\n"
        f"\nWake Locks: size=1\n  PARTIAL_WAKE_LOCK '{app}' (uid=10234 pid=4711)\n"
        f"\nDisplay Power: state={phone[Display].state}\n"
    )


@answers("wm size")
def wm_size(phone: Phone, _words: Words) -> Output:
    """Physical size, and the one the user chose."""
    display = phone[Display]
    printed = f"Physical size: {display.width}x{display.height}\n"
    if display.override:
        printed += f"Override size: {display.override[0]}x{display.override[1]}\n"
    return say(printed)


@answers("wm density")
def wm_density(phone: Phone, _words: Words) -> Output:
    """Physical density, and the one that goes with a chosen size."""
    display = phone[Display]
    printed = f"Physical density: {display.density}\n"
    if display.override:
        printed += f"Override density: {display.density * display.override[0] // display.width}\n"
    return say(printed)


@answers("dumpsys device_state")
def device_state(phone: Phone, words: Words) -> Output:
    """How a foldable is folded; every phone since Android 12 has the service."""
    display, sdk = phone[Display], phone[SimulatedIdentity].sdk
    if sdk < 31:
        return refuse(f"Can't find service: {words[1]}\n", exit_code=0)
    name = display.fold_states[display.fold_state] if display.fold_states else "DEFAULT"
    state = f"DeviceState{{identifier={display.fold_state}, name='{name}'"
    state += ", app_accessible=true}" if sdk >= 33 else "}"
    now, none = (f"Optional[{state}]", "Optional.empty") if sdk >= 33 else (state, "null")
    return say(
        "DEVICE STATE MANAGER (dumpsys device_state)\n"
        f"  mCommittedState={now}\n  mPendingState={none}\n  mBaseState={now}\n"
        f"  mOverrideState={none}\n\nRegistered processes: size=1\n  0: mPid=2104\n"
    )


def _modes(phone: Phone, display: Display) -> str:
    return (
        "[" + ", ".join(_mode(phone, display, index) for index in range(len(display.modes))) + "]"
    )


def _mode(phone: Phone, display: Display, index: int) -> str:
    mode, sdk = display.modes[index], phone[SimulatedIdentity].sdk
    printed = f"id={index + 1}, width={mode.width}, height={mode.height}, fps={mode.fps}"
    if sdk >= 34:
        printed += f", vsync={mode.fps}, synthetic=false"
    if sdk >= 31:
        others = [other.fps for other in display.modes if other != mode]
        printed += f", alternativeRefreshRates={others}"
    if sdk >= 34:
        printed += ", supportedHdrTypes=[2, 3, 4]"
    return "{" + printed + "}"


def _manager(phone: Phone, display: Display) -> Iterator[str]:
    size = f"{display.width}, {display.height}"
    kind = "type=INTERNAL, valid=true, " if phone[SimulatedIdentity].sdk >= 29 else "valid=true, "
    yield "DISPLAY MANAGER (dumpsys display)"
    yield from ("  mOnlyCode=false", "  mSafeMode=false", "  mPendingTraversal=false")
    yield f"  mGlobalDisplayState={display.state}"
    yield "  mNextNonDefaultDisplayId=2"
    yield (
        f"  mViewports=[DisplayViewport{{{kind}displayId=0, "
        f"uniqueId='local:{display.physical_id}', physicalPort=0, orientation=0, "
        f"logicalFrame=Rect(0, 0 - {size}), physicalFrame=Rect(0, 0 - {size}), "
        f"deviceWidth={display.width}, deviceHeight={display.height}}}]"
    )
    yield f"  mStableDisplaySize=Point({size})"
    yield from ("", "Display Adapters: size=4", "  LocalDisplayAdapter", "  VirtualDisplayAdapter")
    yield from ("  OverlayDisplayAdapter", *cast_lines(phone), "")
    yield f"Display Devices: size={display.device_count}"
    if display.device_count:
        yield from _device(phone, display)
    yield from _power(display)


def _device(phone: Phone, display: Display) -> Iterator[str]:
    internal = "INTERNAL" if phone[SimulatedIdentity].sdk >= 30 else "BUILT_IN"
    yield (
        f'  DisplayDeviceInfo{{"{display.name}": uniqueId="local:{display.physical_id}", '
        f"{display.width} x {display.height}, modeId 1, defaultModeId 1, "
        f"supportedModes {_modes(phone, display)}, colorMode 0, supportedColorModes [0, 7, 9], "
        f"density {display.density}, {display.density}.0 x {display.density}.0 dpi, "
        f"appVsyncOff 1000000, presDeadline 11333333, touch INTERNAL, rotation 0, "
        f"type {internal}, address {{port=0}}, state {display.state}, FLAG_DEFAULT_DISPLAY, "
        "FLAG_ROTATES_WITH_CONTENT, FLAG_SECURE, FLAG_SUPPORTS_PROTECTED_BUFFERS}"
    )
    yield "    mAdapter=LocalDisplayAdapter"
    yield f"    mUniqueId=local:{display.physical_id}"
    yield "    mActiveModeId=1"
    yield f"    mState={display.state}"
    yield "    mSupportedModes="
    for index in range(len(display.modes)):
        yield f"      DisplayModeRecord{{mMode={_mode(phone, display, index)}}}"
    yield from ("", "Logical Displays: size=1", "  Display 0:", "    mDisplayId=0", "")


def _power(display: Display) -> Iterator[str]:
    yield "Display Power Controller Thread State:"
    yield f"  mPowerRequest=policy={'BRIGHT' if display.state == 'ON' else 'OFF'}"
    yield from ("", "Photonic Modulator State:")
    yield f"  mPendingState={display.state}"
    yield f"  mActualState={display.state}"
    yield f"  mActualBacklight={display.brightness if display.state == 'ON' else -1.0}"
