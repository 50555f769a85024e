"""Phones that go down or whose programs crash."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Masking, fault
from diagnose.simulator.state.identity import SimulatedIdentity, Skin
from diagnose.simulator.state.stability import Stability

ONE_START = Masking(
    frozenset(),
    "without a complaint only the reason of the last start counts",
    causes=frozenset(
        {
            "stability.heat-shutdown",
            "stability.kernel-panics",
            "stability.power-loss",
            "stability.system-hangs",
        }
    ),
)


def _goes_down(phone: Phone, reason: str, *, loader: str, times: int = 3) -> None:
    """Put starts of one reason before the others, the last one a few hours ago."""
    stability = phone[Stability]
    new = tuple((reason, 0.2 + 1.9 * at) for at in range(times))
    stability.history = (*new, *stability.history)[:4]
    stability.system_reason, stability.loader_reason = reason, loader
    stability.uptime_h = 4.8


@fault(
    "boots-panic",
    Text("The kernel panics again and again", "内核反复崩溃"),
    found_by=("stability.boot_history",),
    causes=("stability.kernel-panics",),
    masks=ONE_START,
)
def boots_panic(phone: Phone) -> None:
    """Each panic leaves a kernel log in the drop box too."""
    _goes_down(phone, "kernel_panic", loader="kernel_panic")
    _add_reports(phone, ("SYSTEM_LAST_KMSG", "", 3), ("SYSTEM_BOOT", "", 3))


@fault(
    "boots-watchdog",
    Text("The system hangs and the watchdog restarts it", "系统卡死后被看门狗重启"),
    found_by=("stability.boot_history",),
    causes=("stability.system-hangs",),
    masks=ONE_START,
)
def boots_watchdog(phone: Phone) -> None:
    """MediaTek's loader calls it `wdt`, others `watchdog`."""
    is_mediatek = phone[SimulatedIdentity].platform.startswith("mt")
    _goes_down(phone, "watchdog", loader="wdt" if is_mediatek else "watchdog")
    _add_reports(phone, ("SYSTEM_BOOT", "", 3))


@fault(
    "boots-undervoltage",
    Text("The supply voltage collapses", "供电电压骤降导致关机"),
    found_by=("stability.boot_history",),
    causes=("stability.power-loss",),
    masks=ONE_START,
)
def boots_undervoltage(phone: Phone) -> None:
    """A worn battery or a bad contact; Pixels name the rail's guard."""
    pixel = phone[SimulatedIdentity].brand == "google"
    _goes_down(phone, "reboot,undervoltage", loader="reboot,uvlo,pmic,if" if pixel else "reboot")


@fault(
    "boots-thermal",
    Text("The phone switches off because it is too hot", "手机因过热自动关机"),
    found_by=("stability.boot_history",),
    causes=("stability.heat-shutdown",),
    masks=ONE_START,
)
def boots_thermal(phone: Phone) -> None:
    """Android shuts down itself and says so."""
    _goes_down(phone, "shutdown,thermal", loader="reboot", times=2)


@fault(
    "boots-power-loss",
    Text("The battery connection breaks for moments", "电池接触瞬断"),
    found_by=("stability.boot_history",),
    causes=("stability.power-loss",),
    masks=ONE_START,
)
def boots_power_loss(phone: Phone) -> None:
    """Qualcomm calls it a sudden momentary power loss."""
    _goes_down(phone, "reboot,smpl", loader="reboot,smpl", times=2)


def _cannot_be_emptied(phone: Phone) -> str | None:
    if phone[SimulatedIdentity].is_emulator:
        return "an emulator has no battery"
    if not phone[Stability].keeps_history:
        return "only the last start is kept, and one empty battery is no fault"
    return None


@fault(
    "boots-battery",
    Text("The battery gives way again and again", "电池多次撑不住导致关机"),
    found_by=("stability.boot_history",),
    causes=("stability.power-loss",),
    complaint="shuts-down",
    fits=_cannot_be_emptied,
    masks=ONE_START,
)
def boots_battery(phone: Phone) -> None:
    """Android shuts down in order and calls it an empty battery: owners empty sound ones too."""
    miui = phone[SimulatedIdentity].skin is Skin.MIUI  # its own countdown at 0 %
    reason = "shutdown,charger,low-battery" if miui else "shutdown,battery"
    _goes_down(phone, reason, loader="reboot", times=4)


@fault(
    "crashes-native-mixed",
    Text("Many different programs crash deep in the system", "多个程序在底层崩溃"),
    found_by=("stability.crashes",),
    causes=("stability.memory-errors",),
    masks=Masking(
        frozenset(),
        "where many programs crash no single one stands out",
        causes=frozenset({"stability.app-crashing"}),
    ),
)
def crashes_native_mixed(phone: Phone) -> None:
    """As a bad memory or storage chip makes them."""
    _add_reports(
        phone,
        ("SYSTEM_TOMBSTONE", "", 9),
        ("data_app_native_crash", "com.example.browser", 2),
        ("data_app_native_crash", "com.example.chat", 2),
        ("data_app_native_crash", "com.example.maps", 1),
        ("system_app_native_crash", "com.android.systemui", 2),
        ("system_app_native_crash", "com.android.settings", 2),
    )


@fault(
    "crashes-one-app",
    Text("One app crashes over and over", "一个应用反复崩溃"),
    found_by=("stability.crashes",),
    causes=("stability.app-crashing",),
)
def crashes_one_app(phone: Phone) -> None:
    """An update broke it, say."""
    _add_reports(
        phone,
        ("data_app_crash", "com.example.broken", 19),
        ("data_app_anr", "com.example.broken", 3),
    )


@fault(
    "system-server-crashes",
    Text("The Android system itself restarts", "安卓系统服务反复重启"),
    found_by=("stability.crashes",),
    causes=("stability.system-crashing",),
)
def system_server_crashes(phone: Phone) -> None:
    """The screen goes to the boot animation and back without a restart of the kernel."""
    _add_reports(
        phone,
        ("system_server_crash", "system_server", 3),
        ("system_server_watchdog", "system_server", 1),
        ("SYSTEM_RESTART", "", 4),
    )


def _add_reports(phone: Phone, *reports: tuple[str, str, int]) -> None:
    phone[Stability].reports = (*phone[Stability].reports, *reports)
