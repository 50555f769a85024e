"""What an owner has and how the owner calls things: no report may show any of it."""

from __future__ import annotations

from typing import ClassVar

from diagnose.simulator.phone import Section


class Owner(Section):
    """Names that tell about a person.

    The companies are invented; the name of the last app begins as no name on the Internet does,
    as those of some real banks.
    """

    AREA: ClassVar[str] = "owner"

    apps: tuple[str, ...] = (
        "com.yinhetong.mobilebank",
        "cn.xinyue.dating",
        "org.tangriji.diabetes",
        "zhaocai.pay",
    )
    device_name: str = "Wei Lan's phone"
    screen_name: str = "Wei Lan's living room"
    screen_address: str = "3C:5A:B4:00:00:02"
    headset_name: str = "Wei Lan's ear buds"
    headset_address: str = "3C:5A:B4:00:00:03"
    host_name: str = "weilan-phone"
