"""The flash storage: how full, how fast, how worn."""

from __future__ import annotations

from typing import ClassVar

from diagnose.simulator.phone import Section


class Storage(Section):
    """The data volume and the chip below it. Sizes in KiB."""

    AREA: ClassVar[str] = "storage"

    data_device: str = "/dev/block/dm-8"
    data_place: str = "/data"  # where toybox says it is; Android 11 and newer often `/data/user/0`
    data_type: str = "f2fs"
    data_options: str = "rw,lazytime,seclabel,nosuid,nodev,noatime,background_gc=on,discard"
    data_total_kib: int = 112_000_000
    data_used_kib: int = 48_000_000
    system_total_kib: int = 3_000_000
    system_used_kib: int = 2_990_000
    write_latency_ms: int = 1
    write_kb_per_s: int = 60_000  # 0: the phone never measured it
    # wear, in JEDEC's codes; 0: the chip does not define it
    is_emmc: bool = False
    life_a: int = 1
    life_b: int = 1
    end_of_life: int = 1
    wear_folder: str = "/sys/devices/platform/soc/1d84000.ufshc/health_descriptor"
    wear_readable: bool = False  # most phones refuse these nodes to the shell
    hal_tells_wear: bool = False  # the health HAL of Pixels fills in its storage part

    @property
    def data_free_kib(self) -> int:
        """What is left for apps and data."""
        return max(0, self.data_total_kib - self.data_used_kib)

    @property
    def is_read_only(self) -> bool:
        """Whether the kernel has stopped writing to the data volume."""
        return "ro" in self.data_options.split(",")
