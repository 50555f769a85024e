"""A phone and its faces: the ways in which one phone is seen and reached."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import field
from typing import Literal

from diagnose.ladder.state import Rung, State, words_for
from diagnose.model.plain import dataclass
from diagnose.model.requests import Channel
from diagnose.model.text import Text
from diagnose.requests.host import FACES
from diagnose.transports.base import Way

Connection = Literal["usb", "tcp", "emulator", "serial", ""]

_ORDER = (
    Rung.SYSTEM, Rung.SYSTEM_CLOSED, Rung.RECOVERY, Rung.BOOTLOADER, Rung.BOOT_ROM, Rung.UNKNOWN,
    Rung.NOTHING,
)  # fmt: skip

NO_ACCESS = Text(
    "this user may not open the USB device: `diagnose doctor --fix` shows the udev rule",
    "当前用户无权打开该 USB 设备：运行 `diagnose doctor --fix` 查看 udev 规则",
)
HELD = Text(
    "another program holds the interface: close other phone programs, unplug and plug in again",
    "接口被其他程序占用：请关闭其他手机工具后重新插拔",
)


@dataclass(frozen=True)
class Face:
    """One way in which a phone shows itself."""

    channel: Channel
    state: State
    connection: Connection
    way: Way


@dataclass(frozen=True)
class Device:
    """One phone with its faces; every text but `advice` is a stranger's.

    `serial` is what `-s` takes: adb's name of the phone, else the serial number of its USB device,
    else its port as `usb:1-4`. `usb_path` is the port. `transport_id` is 0 where adb names none.
    `adb_state` is the state in adb's own words; `called` is the name a virtual phone was ordered
    by. A phone that only adb lists may have no `faces` given.
    """

    serial: str
    state: State
    model: str = ""
    product: str = ""
    transport_id: int = 0
    usb_path: str = ""
    connection: Connection = "usb"
    adb_state: str = ""
    faces: tuple[Face, ...] = ()
    notes: tuple[Text, ...] = field(default=())
    called: str = ""

    @property
    def ready(self) -> bool:
        """Whether its system answers commands."""
        return self.state is State.DEVICE

    @property
    def rung(self) -> Rung:
        """How far it has started."""
        return words_for(self.state).rung

    @property
    def advice(self) -> Text:
        """What to do about its state."""
        texts = (words_for(self.state).next_step, *self.notes)
        return Text("; ".join(t.en for t in texts), "；".join(t.zh for t in texts))

    @property
    def ways(self) -> tuple[Face, ...]:
        """Every face, and this computer's own view of them all."""
        own = self.faces or (Face(Channel.ADB, self.state, self.connection, Way(self.serial)),)
        seen = Way(self.serial, answers={FACES.key: faces_as_json(own)})
        return (*own, Face(Channel.HOST, self.state, "", seen))

    @property
    def own_serial(self) -> str:
        """The serial number as its USB device states it; adb's name of a phone on TCP is none."""
        if self.connection == "usb" and not self.serial.startswith(("usb:", "(")):
            return self.serial
        serials = (face.way.device.serial for face in self.faces if face.way.device)
        return next(filter(None, serials), "")


def faces_as_json(faces: Sequence[Face]) -> bytes:
    """What is recorded of them: channels and states, no serial number."""
    listed = [
        {"channel": one.channel.value, "state": one.state.value, "connection": one.connection}
        for one in faces
    ]
    state = best_state([one.state for one in faces])
    return json.dumps(
        {"faces": listed, "state": state.value, "rung": words_for(state).rung.value}
    ).encode()


def best_state(states: Sequence[State]) -> State:
    """The state that says most of how far the phone has come."""
    return min(states, key=lambda state: _ORDER.index(words_for(state).rung), default=State.NOTHING)
