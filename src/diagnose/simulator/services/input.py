"""`getevent -lp` and `dumpsys input`."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.input import Input, InputPart
from diagnose.simulator.state.owner import Owner

_CODES_PER_LINE = 4
_BOOTED_S = 4210.25
_GHOST_SECONDS = 60


@answers("getevent -lp", "getevent -pl")
def getevent(phone: Phone, _words: Words) -> Output:
    """Every device with what it can report; a star marks what is pressed now."""
    lines: list[str] = []
    for index, part in enumerate(phone[Input].parts):
        lines.append(f"add device {index + 1}: /dev/input/event{index}")
        lines.append(f'  name:     "{part.name}"')
        lines.append("  events:")
        lines.extend(_events(part, phone[Input].held))
        lines.append("  input props:")
        lines.append("    INPUT_PROP_DIRECT" if part.range else "    <none>")
    return say("\n".join(lines) + "\n")


@answers("getevent -lt -c *")
def listen(phone: Phone, _words: Words) -> Output:
    """Every device, then what happens, until the stream is closed: with time and path."""
    parts = phone[Input].parts
    lines, refused = [], ""
    for index, part in enumerate(parts):
        if part.range and phone[Input].listening_denied:
            refused += f"could not open /dev/input/event{index}, Permission denied\n"
            continue
        lines += [f"add device {index + 1}: /dev/input/event{index}", f'  name:     "{part.name}"']
    panels = [index for index, part in enumerate(parts) if part.range]
    printed = ("\n".join(lines) + "\n").encode()
    later = tuple(_ghosts(phone, panels[0])) if panels and not refused else ()
    return Output(printed, refused.encode(), hangs=True, later=later)


def _ghosts(phone: Phone, panel: int) -> Iterator[tuple[float, bytes]]:
    """A minute of fingers that are none: places jump, each stays for some 40 ms."""
    rate = phone[Input].ghost_touches_a_second
    largest = phone[Input].parts[panel].range or (0, 0)
    for number in range(int(rate * _GHOST_SECONDS)):
        at_s = (number + 0.5) / rate
        x, y = (37 * (number + 1) % (limit + 1) for limit in largest)
        down = {"ABS_MT_TRACKING_ID": number, "ABS_MT_POSITION_X": x, "ABS_MT_POSITION_Y": y}
        yield at_s, _report(panel, at_s, down, "DOWN")
        yield at_s + 0.04, _report(panel, at_s + 0.04, {"ABS_MT_TRACKING_ID": 0xFFFFFFFF}, "UP")


def _report(panel: int, at_s: float, axes: dict[str, int], touch: str) -> bytes:
    head = f"[{_BOOTED_S + at_s:12.6f}] /dev/input/event{panel}: "
    events = [("EV_ABS", name, f"{value:08x}") for name, value in axes.items()]
    events += [("EV_KEY", "BTN_TOUCH", touch), ("EV_SYN", "SYN_REPORT", "00000000")]
    lines = (f"{head}{kind:<12} {code:<20} {value:<20}" for kind, code, value in events)
    return ("\n".join(lines) + "\n").encode()


def _events(part: InputPart, held: list[str]) -> Iterator[str]:
    yield from _codes("KEY (0001): ", part.keys, held)
    if part.range:
        yield from _axes(part.range, part.slots)
    yield from _codes("SW  (0005): ", part.switches, held)


def _codes(head: str, codes: list[str], held: list[str]) -> Iterator[str]:
    for start in range(0, len(codes), _CODES_PER_LINE):
        row = codes[start : start + _CODES_PER_LINE]
        words = "".join(f"{code + ('*' if code in held else ' '):<22}" for code in row)
        yield "    " + (head if start == 0 else " " * len(head)) + words


def _axes(largest: tuple[int, int], slots: int) -> Iterator[str]:
    ranges = {
        "ABS_MT_SLOT": slots - 1,
        "ABS_MT_TOUCH_MAJOR": 255,
        "ABS_MT_POSITION_X": largest[0],
        "ABS_MT_POSITION_Y": largest[1],
        "ABS_MT_TRACKING_ID": 65535,
        "ABS_MT_PRESSURE": 255,
    }
    for index, (name, maximum) in enumerate(ranges.items()):
        head = "ABS (0003): " if index == 0 else " " * 12
        yield (f"    {head}{name:<22}: value 0, min 0, max {maximum}, fuzz 0, flat 0, resolution 0")


@answers("dumpsys input")
def dumpsys_input(phone: Phone, _words: Words) -> Output:
    """The event hub, the reader's devices, and the dispatcher."""
    parts, app = phone[Input].parts, phone[Owner].apps[0]
    lines = ["INPUT MANAGER (dumpsys input)", "", "Input Manager State:", "  Interactive: true", ""]
    lines += ["Event Hub State:", "  BuiltInKeyboardId: 1", "  Devices:", "    -1: Virtual"]
    for index, part in enumerate(parts):
        lines += [
            f"    {index + 1}: {part.name}",
            f"      Classes: {'0x00000015' if part.range else '0x00000001'}",
            f"      Path: /dev/input/event{index}",
            "      Enabled: true",
        ]
    lines += ["", "Input Reader State:", "  Device -1: Virtual", "    Sources: 0x00000301"]
    for index, part in enumerate(parts):
        lines += _reader(phone, index + 1, part)
    lines += [
        "",
        "Input Dispatcher State:",
        "  DispatchEnabled: true",
        "  FocusedApplications:",
        f"    displayId=0, name='ActivityRecord{{5470fe5 u0 {app}/.MainActivity t43}}'",
    ]
    return say("\n".join(lines) + "\n")


def _reader(phone: Phone, number: int, part: InputPart) -> list[str]:
    lines = [f"  Device {number}: {part.name}", "    IsExternal: false"]
    if not part.range:
        return [*lines, "    Sources: 0x00000101", "    Keyboard Input Mapper:"]
    is_new = phone[SimulatedIdentity].sdk >= 33
    return [
        *lines,
        "    Sources: 0x00001103",
        f"    Touch Input Mapper (mode - {'DIRECT' if is_new else 'direct'}):",
        "      Parameters:",
        f"        DeviceType: {'TOUCH_SCREEN' if is_new else 'touchScreen'}",
        "      Raw Touch Axes:",
        f"        X: min=0, max={part.range[0]}, flat=0, fuzz=0, resolution=0",
        f"        Y: min=0, max={part.range[1]}, flat=0, fuzz=0, resolution=0",
        "        TrackingId: min=0, max=65535, flat=0, fuzz=0, resolution=0",
        f"        Slot: min=0, max={part.slots - 1}, flat=0, fuzz=0, resolution=0",
    ]
