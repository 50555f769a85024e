"""How the phone came up lately and what crashed."""

from __future__ import annotations

from typing import ClassVar

from diagnose.simulator.phone import Section


class Stability(Section):
    """Starts and crash reports. Times count back from now."""

    AREA: ClassVar[str] = "stability"

    uptime_h: float = 61.3
    loader_reason: str = "reboot"  # in the boot loader's own words
    system_reason: str = "reboot,userrequested"
    # newest first: reason, days ago
    history: tuple[tuple[str, float], ...] = (
        ("reboot,userrequested", 2.6),
        ("reboot,ota", 33.0),
        ("reboot,userrequested", 71.2),
    )
    keeps_history: bool = True  # since Android 10
    # crash reports: tag, process, how many, over the last days
    reports: tuple[tuple[str, str, int], ...] = (
        ("SYSTEM_BOOT", "", 1),
        ("data_app_strictmode", "org.tangriji.diabetes", 6),
        ("system_server_wtf", "system_server", 4),
        ("system_app_strictmode", "com.android.settings", 9),
        ("data_app_wtf", "cn.xinyue.dating:push", 2),
        ("data_app_crash", "zhaocai.pay", 1),
        ("keymaster", "", 1),
        ("netstats", "", 2),
    )
    reports_span_d: float = 2.5
