"""Software causes that bring healthy phones to the counter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import fault
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.software import Software


@fault(
    "clock-wrong",
    Text("The clock is hours behind", "手机时间慢了数小时"),
    found_by=("software.clock",),
    causes=("software.wrong-clock",),
)
def clock_wrong(phone: Phone) -> None:
    """Set by hand, and wrongly."""
    phone.clock -= timedelta(hours=7, minutes=41)
    phone[Software].auto_time = "0"


@fault(
    "clock-reset",
    Text("The clock fell back to its first day", "手机时间被重置"),
    found_by=("software.clock",),
    causes=("software.wrong-clock",),
)
def clock_reset(phone: Phone) -> None:
    """After a battery ran flat or was taken out, and no network to set it again."""
    phone.clock = datetime(2010, 1, 1, 0, 42, tzinfo=UTC)


@fault(
    "animations-slow",
    Text("Animations run five times as long", "动画速度被调慢五倍"),
    found_by=("software.animations",),
    causes=("software.slow-animations",),
)
def animations_slow(phone: Phone) -> None:
    """Someone played with the developer options."""
    software = phone[Software]
    software.window_animation_scale = software.transition_animation_scale = "5.0"
    software.animator_duration_scale = "5.0"


@fault(
    "accessibility-many",
    Text("Five accessibility services are on", "同时开启五个无障碍服务"),
    found_by=("software.accessibility",),
    causes=("software.many-accessibility",),
)
def accessibility_many(phone: Phone) -> None:
    """Cleaners, clickers and blockers, each reading the whole screen."""
    names = ("cleaner", "clicker", "blocker", "launcher", "coupons")
    phone[Software].accessibility_services = tuple(
        f"com.example.{name}/com.example.{name}.ScreenService" for name in names
    )


@fault(
    "activities-not-kept",
    Text("“Don't keep activities” is on", "“不保留活动”已开启"),
    found_by=("software.developer_options",),
    causes=("software.activities-not-kept",),
)
def activities_not_kept(phone: Phone) -> None:
    """Every app starts anew when one returns to it."""
    phone[Software].always_finish_activities = "1"


@fault(
    "drainer-app",
    Text("One app drains most of the battery", "单个应用消耗大部分电量"),
    found_by=("software.drainers",),
    causes=("software.drainer-app",),
    fits=lambda phone: (
        "an emulator measures no battery use" if phone[SimulatedIdentity].is_emulator else None
    ),
)
def drainer_app(phone: Phone) -> None:
    """It keeps the processor awake all night."""
    software = phone[Software]
    software.app_mah = (1_620.0, *software.app_mah)
    software.unrestricted_apps += 1
