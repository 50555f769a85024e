"""States of a phone as seen from outside, and the rung of the ladder each one stands on."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import tomli

from diagnose.model.plain import dataclass
from diagnose.model.text import Text

_WORDS = Path(__file__).parent / "states.toml"


class Rung(StrEnum):
    """How far the phone has come, from nothing to its system answering us."""

    NOTHING = "nothing"  # the computer sees no device at all
    BOOT_ROM = "boot_rom"  # only the processor's own first code runs
    BOOTLOADER = "bootloader"  # the loader runs from the phone's storage
    RECOVERY = "recovery"  # a small system beside the real one
    SYSTEM_CLOSED = "system_closed"  # the system runs, and does not let us in
    SYSTEM = "system"  # the system answers
    UNKNOWN = "unknown"


class State(StrEnum):
    """One state of one face of a phone; what adb calls it keeps adb's word."""

    DEVICE = "device"
    UNAUTHORIZED = "unauthorized"
    AUTHORIZING = "authorizing"
    CONNECTING = "connecting"
    OFFLINE = "offline"
    RECOVERY = "recovery"
    SIDELOAD = "sideload"
    RESCUE = "rescue"
    BOOTLOADER = "bootloader"
    HOST = "host"
    NO_PERMISSIONS = "no_permissions"
    OTHER = "other"
    FASTBOOT = "fastboot"
    FASTBOOTD = "fastbootd"
    EDL = "edl"
    RAMDUMP = "ramdump"
    MTK_BROM = "mtk_brom"
    MTK_PRELOADER = "mtk_preloader"
    KIRIN_VCOM = "kirin_vcom"
    TENSOR_ROM = "tensor_rom"
    SAMSUNG_DOWNLOAD = "samsung_download"
    EXYNOS_EUB = "exynos_eub"
    UNISOC_DOWNLOAD = "unisoc_download"
    APPLE_NORMAL = "apple_normal"
    APPLE_RECOVERY = "apple_recovery"
    APPLE_DFU = "apple_dfu"
    HDC = "hdc"
    ADB_UNSEEN = "adb_unseen"
    DEBUGGING_OFF = "debugging_off"
    CHARGE_ONLY = "charge_only"
    MODEM = "modem"
    NOTHING = "nothing"


ADB_STATES = frozenset(
    {
        *(State.DEVICE, State.UNAUTHORIZED, State.AUTHORIZING, State.CONNECTING, State.OFFLINE),
        *(State.RECOVERY, State.SIDELOAD, State.RESCUE, State.BOOTLOADER, State.HOST),
    }
)
"""The words adb itself uses for a state."""


@dataclass(frozen=True)
class StateWords:
    """Plain words for the engineer: what the state is, what lives, what does not, what to try."""

    rung: Rung
    title: Text
    alive: Text
    not_alive: Text
    next_step: Text


@cache
def words_for(state: State) -> StateWords:
    """The words for a state; every state has them."""
    return _all()[state]


@cache
def _all() -> dict[State, StateWords]:
    read = tomli.loads(_WORDS.read_text("utf-8"))
    return {State(name): _words(row) for name, row in read.items()}


def _words(row: dict[str, dict[str, str] | str]) -> StateWords:
    def text(name: str) -> Text:
        words = row[name]
        assert isinstance(words, dict)  # noqa: S101 - a file of our own, held to its form by a test
        return Text(words["en"], words["zh"])

    return StateWords(
        Rung(str(row["rung"])), text("title"), text("alive"), text("not_alive"), text("next")
    )
