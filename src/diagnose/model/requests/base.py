"""What every request is, whatever channel it travels."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from diagnose.model.plain import dataclass
from diagnose.model.requests.kept import Kept

DEFAULT_TIMEOUT_S = 10.0
DEFAULT_MAX_BYTES = 8 * 1024 * 1024


class Effect(StrEnum):
    """What a request does to the phone."""

    READ = "read"
    LISTEN = "listen"  # hears what is done on the phone while it lasts; changes nothing
    WRITE = "write"
    DISRUPT = "disrupt"
    BOOTROM = "bootrom"  # talks to a boot ROM: changes nothing, but some stay silent afterwards


class Channel(StrEnum):
    """The way a request travels. Each has its room in `transports/` under the same name."""

    ADB = "adb"
    USB = "usb"
    FASTBOOT = "fastboot"
    SERIAL = "serial"
    SAHARA = "sahara"
    HOST = "host"  # what this computer sees without asking the phone anything
    TRAIL = "trail"  # how the phone came and went while a run followed it
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

    `timeout_s` is a deadline on the whole exchange. `turn` and `expected_ms` only order requests:
    lower turns first, for phones that can be asked one thing at a time and may fall silent at it,
    then the slowest. `max_bytes` bounds what is kept.

    `kept` says what of the answer is recorded. Every request we make to a phone declares it; of one
    of somebody else's probe that does not, all of it is, masked.

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
    turn: int = field(default=0, compare=False)
    kept: Kept | None = field(default=None, compare=False)

    @property
    def command(self) -> str:
        """What is asked, in the words of its channel."""
        return self.key.partition(":")[2]

    @property
    def is_watched(self) -> bool:
        """Whether it belongs to the watch, which takes its time."""
        return self.sample > 0
