"""Faults of the storage."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Masking, fault
from diagnose.simulator.state.storage import Storage
from diagnose.simulator.state.tradein import SimulatedTradeIn


def _shows_wear(phone: Phone) -> str | None:
    if phone[Storage].wear_readable or phone[Storage].hal_tells_wear:
        return None
    return "this phone does not show the wear of its storage to the shell"


def _tell_buyer(phone: Phone, left: int) -> None:
    """The trade-in report counts down what the registers count up, in percent."""
    if phone[SimulatedTradeIn].storage_life_left is not None:
        phone[SimulatedTradeIn].storage_life_left = left


@fault(
    "storage-full",
    Text("The storage is full", "存储空间已满"),
    found_by=("storage.space", "system.update"),
    causes=("storage.full",),
)
def storage_full(phone: Phone) -> None:
    """A few hundred MB left: apps close and the phone stutters."""
    storage = phone[Storage]
    storage.data_used_kib = storage.data_total_kib - 210_000
    storage.write_latency_ms += 4


@fault(
    "storage-almost-full",
    Text("Less than 5 % of the storage is free", "存储空间不足 5%"),
    found_by=("storage.space",),
    causes=("storage.full",),
)
def storage_almost_full(phone: Phone) -> None:
    """Still gigabytes on a large phone, yet the file system has no room to clean up."""
    storage = phone[Storage]
    storage.data_used_kib = int(storage.data_total_kib * 0.965)


@fault(
    "storage-worn",
    Text("The storage chip has used 80 to 90 % of its life", "存储芯片寿命已用 80%～90%"),
    found_by=("storage.wear",),
    causes=("storage.worn",),
    fits=_shows_wear,
)
def storage_worn(phone: Phone) -> None:
    """Still within its life, with the reserve going."""
    storage = phone[Storage]
    storage.life_a, storage.life_b, storage.end_of_life = 9, 7, 2
    _tell_buyer(phone, 12)


@fault(
    "storage-eol",
    Text("The storage chip is beyond its life", "存储芯片寿命已耗尽"),
    found_by=("storage.wear",),
    causes=("storage.worn",),
    fits=_shows_wear,
)
def storage_end_of_life(phone: Phone) -> None:
    """Cells that hold a charge badly make every write slow."""
    storage = phone[Storage]
    storage.life_a, storage.life_b, storage.end_of_life = 11, 10, 3
    _tell_buyer(phone, 1)
    storage.write_latency_ms = 19
    storage.write_kb_per_s //= 8


@fault(
    "storage-slow",
    Text("Every write takes long", "每次写入都很慢"),
    found_by=("storage.latency",),
    causes=("storage.slow-writes",),
)
def storage_slow(phone: Phone) -> None:
    """Retries inside the chip or on its bus."""
    storage = phone[Storage]
    storage.write_latency_ms = 86
    storage.write_kb_per_s //= 20


@fault(
    "storage-readonly",
    Text("The data volume turned read-only after errors", "数据分区因错误变为只读"),
    found_by=("storage.filesystem", "storage.latency"),
    causes=("storage.read-only",),
    masks=Masking(
        frozenset(),
        "what cannot be written has no speed of writing",
        causes=frozenset({"storage.slow-writes"}),
    ),
)
def storage_read_only(phone: Phone) -> None:
    """The kernel remounted it; the disk service's own test write fails as well."""
    storage = phone[Storage]
    storage.data_options = "ro" + storage.data_options.removeprefix("rw")
