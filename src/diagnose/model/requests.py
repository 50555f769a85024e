"""Requests: frozen values that say what is asked of a phone, never how.

Two requests are the same when their keys are the same; hints (timeout, expected time) may differ.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

# A word of these characters means the same to every Android shell unquoted; `*` stays a glob.
_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./*\-]+")

DEFAULT_TIMEOUT_S = 10.0
DEFAULT_MAX_BYTES = 8 * 1024 * 1024


class Effect(StrEnum):
    """What a request does to the phone."""

    READ = "read"
    LISTEN = "listen"  # hears what is done on the phone while it lasts; changes nothing
    WRITE = "write"
    DISRUPT = "disrupt"


class Channel(StrEnum):
    """The way a request travels."""

    ADB = "adb"
    USB = "usb"
    FASTBOOT = "fastboot"
    SERIAL = "serial"
    OPERATOR = "operator"


class DataClass(StrEnum):
    """What kind of data an answer may touch; printed on the privacy receipt."""

    HARDWARE = "hardware"  # condition of parts
    SOFTWARE = "software"  # versions, settings, crash counts
    IDENTITY = "identity"  # serial numbers; always masked
    NETWORK = "network"  # radio state; names and addresses are masked
    USAGE = "usage"  # how the phone is used: counts and times only


@dataclass(frozen=True)
class Request:
    """Something asked of a phone.

    `timeout_s` is a deadline on the whole exchange. `expected_ms` only orders requests (slowest
    first). `max_bytes` bounds what is kept.

    A request with a `sample` number (1, 2, …) belongs to the watch: it is asked after all others,
    `after_s` seconds into it, and the same words may be asked again as another sample. One that
    listens (`listen_s`) is heard for so long; then we hang up, and what was heard is the answer.
    """

    key: str
    channel: Channel = field(default=Channel.ADB, compare=False)
    effect: Effect = field(default=Effect.READ, compare=False)
    timeout_s: float = field(default=DEFAULT_TIMEOUT_S, compare=False)
    expected_ms: float = field(default=60.0, compare=False)
    max_bytes: int = field(default=DEFAULT_MAX_BYTES, compare=False)
    data_class: DataClass = field(default=DataClass.HARDWARE, compare=False)
    sensitive: bool = field(default=False, compare=False)
    sample: int = field(default=0, compare=False)
    after_s: float = field(default=0.0, compare=False)
    listen_s: float = field(default=0.0, compare=False)

    @property
    def is_watched(self) -> bool:
        """Whether it belongs to the watch, which takes its time."""
        return self.sample > 0


@dataclass(frozen=True, init=False)
class Shell(Request):
    """One simple command in the phone's shell: no pipe, no `;`, no redirect; `*` is a glob."""

    argv: tuple[str, ...] = field(default=(), compare=False)

    def __init__(
        self,
        *argv: str,
        effect: Effect = Effect.READ,
        timeout_s: float = DEFAULT_TIMEOUT_S,
        expected_ms: float = 60.0,
        max_bytes: int = DEFAULT_MAX_BYTES,
        data_class: DataClass = DataClass.HARDWARE,
        sensitive: bool = False,
        sample: int = 0,
        after_s: float = 0.0,
        listen_s: float = 0.0,
    ) -> None:
        super().__init__(
            key=shell_key(argv, sample),
            effect=effect,
            timeout_s=timeout_s,
            expected_ms=expected_ms,
            max_bytes=max_bytes,
            data_class=data_class,
            sensitive=sensitive,
            sample=sample,
            after_s=after_s,
            listen_s=listen_s,
        )
        object.__setattr__(self, "argv", argv)

    @property
    def command(self) -> str:
        """The command line as the phone's shell gets it."""
        return command_line(self.argv)


def shell_key(argv: tuple[str, ...], sample: int = 0) -> str:
    """The key of a shell command; a sample bears its number: `shell:cmd battery get status #3`."""
    return f"shell:{command_line(argv)}" + (f" #{sample}" if sample else "")


def sampled(
    *argv: str, times_s: Sequence[float], data_class: DataClass = DataClass.HARDWARE
) -> tuple[Shell, ...]:
    """Give the same command for several times of the watch: as its samples 1, 2, and so on."""
    return tuple(
        Shell(*argv, sample=number, after_s=time_s, data_class=data_class)
        for number, time_s in enumerate(times_s, 1)
    )


def command_line(argv: tuple[str, ...]) -> str:
    """Join words into one command line; quote what the shell would read otherwise."""
    return " ".join(word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in argv)
