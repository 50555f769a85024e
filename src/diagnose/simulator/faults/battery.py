"""Faults of the battery, as they show in every place that model has."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Masking, fault
from diagnose.simulator.state.battery import Battery, BatteryProperties, HealthHal
from diagnose.simulator.state.charging import Charging
from diagnose.simulator.state.identity import SimulatedIdentity, Skin
from diagnose.simulator.state.thermal import Thermal
from diagnose.simulator.state.tradein import SimulatedTradeIn

OF_THE_CELL = frozenset(
    {
        "battery.cell-failed",
        "battery.overheating",
        "battery.overvoltage",
        "battery.temperature-sensor",
    }
)
PROTECTED = Masking(
    frozenset({"charging.state"}),
    "a phone stops charging such a battery on purpose, and it has one health code and one "
    "thermometer, which show one value each",
    causes=OF_THE_CELL,
)


def _emulated(phone: Phone) -> str | None:
    return "an emulator has no battery" if phone[SimulatedIdentity].is_emulator else None


def _tells_wear(phone: Phone) -> str | None:
    """Whether a source measures this phone's capacity: Android's estimate alone is never judged."""
    battery = phone[Battery]
    open_hal = battery.hal in (HealthHal.AIDL, HealthHal.HIDL_2_1, HealthHal.HIDL_2_0)
    told = open_hal or battery.supply_readable or phone[SimulatedIdentity].skin is Skin.ONE_UI
    if _emulated(phone) or not told:
        return "nothing on this phone measures its battery's wear for the shell"
    return None


def _knows_parts(phone: Phone) -> str | None:
    battery = phone[Battery]
    knows = battery.properties is BatteryProperties.FULL or phone[SimulatedTradeIn].mode == "open"
    if not knows or phone[SimulatedIdentity].sdk < 35:
        return "this phone keeps no record of a changed battery that the shell may read"
    return None


@fault(
    "battery-worn",
    Text("Battery worn to 72 % of its capacity", "电池老化，容量仅剩 72%"),
    found_by=("battery.health",),
    causes=("battery.worn",),
    fits=_tells_wear,
)
def worn(phone: Phone) -> None:
    """Years of use: every source that knows the capacity shows it; the health code says good."""
    phone[Battery].wear_to(72, 912)


@fault(
    "battery-marginal",
    Text("Battery worn to 82 % of its capacity", "电池容量降至 82%"),
    found_by=("battery.health",),
    causes=("battery.worn",),
    fits=_tells_wear,
)
def marginal(phone: Phone) -> None:
    """Close to the limit, not over it."""
    phone[Battery].wear_to(82, 604)


@fault(
    "battery-aged-cycles",
    Text("Battery charged 1,240 times", "电池循环 1240 次"),
    found_by=("battery.health",),
    causes=("battery.worn",),
    fits=_tells_wear,
)
def aged(phone: Phone) -> None:
    """Charged more often than the cell is rated for, and still holding."""
    phone[Battery].wear_to(88, 1240)


@fault(
    "battery-dead",
    Text("Battery cell dead", "电芯失效"),
    found_by=("battery.state",),
    causes=("battery.cell-failed",),
    fits=_emulated,
    masks=PROTECTED,
)
def dead(phone: Phone) -> None:
    """The cell no longer takes a charge and its voltage has collapsed."""
    battery = phone[Battery]
    battery.health = 4
    battery.show(voltage_mv=2710)
    battery.level = 1
    phone[Charging].accepted = False


@fault(
    "battery-failure",
    Text("Battery reports an unspecified failure", "电池报告未知故障"),
    found_by=("battery.state",),
    causes=("battery.cell-failed",),
    fits=_emulated,
)
def failing(phone: Phone) -> None:
    """The charger's driver gives up on the cell without a reason."""
    phone[Battery].health = 6


@fault(
    "battery-overheat",
    Text("Battery overheats while idle", "电池空闲时过热"),
    found_by=("battery.state", "thermal.temperatures"),
    causes=("battery.overheating",),
    fits=_emulated,
    masks=PROTECTED,
)
def overheating(phone: Phone) -> None:
    """Hot without a load: an internal short; charging is stopped."""
    battery = phone[Battery]
    battery.show(temperature_c=61.5)
    battery.health = 3
    phone[Charging].accepted = False
    phone[Thermal].heat("battery", 61.5)


@fault(
    "battery-cold",
    Text("Battery thermistor reads far too cold", "电池热敏电阻读数异常偏低"),
    found_by=("battery.state",),
    causes=("battery.temperature-sensor",),
    fits=_emulated,
    masks=PROTECTED,
)
def cold(phone: Phone) -> None:
    """A broken thermistor line reads as deep frost; charging is stopped."""
    battery = phone[Battery]
    battery.show(temperature_c=-22.0)
    battery.health = 7
    phone[Charging].accepted = False
    phone[Thermal].heat("battery", -22.0)


@fault(
    "battery-overvoltage",
    Text("Battery voltage too high", "电池电压过高"),
    found_by=("battery.state",),
    causes=("battery.overvoltage",),
    fits=_emulated,
    masks=PROTECTED,
)
def overvoltage(phone: Phone) -> None:
    """The charger IC overshoots; the phone stops it."""
    battery = phone[Battery]
    battery.health = 5
    battery.show(voltage_mv=4812)
    phone[Charging].accepted = False


@fault(
    "battery-missing",
    Text("Battery not seen by the board", "主板检测不到电池"),
    found_by=("battery.state",),
    causes=("battery.not-detected",),
    fits=_emulated,
    masks=Masking(
        frozenset({"charging.state", "battery.current"}),
        "without a battery nothing is charged, no current flows and nothing is told of its cell",
        causes=OF_THE_CELL | {"battery.worn"},
    ),
)
def missing(phone: Phone) -> None:
    """A loose connector: the board runs on the charger alone."""
    battery = phone[Battery]
    battery.present = False
    battery.health = 1
    battery.level = 50  # what boards answer that run on the charger alone
    battery.temperature_c = 25.0
    battery.current_ma = 0


@fault(
    "battery-forced",
    Text("Battery values set by hand to look full", "电池数值被人为设为满电"),
    found_by=("battery.forced",),
    causes=("battery.values-forced",),
    masks=Masking(
        frozenset({"battery.state", "battery.health", "charging.state"}),
        "the battery service shows what was set by hand; where it is the only source, nothing of "
        "the battery or the charger can be told",
        causes=frozenset({"battery.overheating"}),
    ),
)
def forced(phone: Phone) -> None:
    """`cmd battery set level 100`, left behind."""
    phone[Battery].forced_level = 100


@fault(
    "battery-gauge-dead",
    Text("Fuel gauge silent: all zeros", "电量计无响应，读数全为零"),
    found_by=("battery.state",),
    causes=("battery.gauge-silent",),
    fits=_emulated,
    masks=Masking(
        frozenset({"battery.health", "battery.current", "battery.parts", "charging.state"}),
        "a silent fuel gauge tells neither capacity nor current nor level nor temperature",
        causes=OF_THE_CELL | {"battery.gauge-placeholder"},
    ),
)
def gauge_dead(phone: Phone) -> None:
    """The bus to the fuel gauge is broken; nothing else about the phone is."""
    battery = phone[Battery]
    battery.gauge_dead = True
    battery.health = 1
    battery.learned_mah = None
    battery.saved_values = False
    phone[Thermal].heat("battery", 0.0)


@fault(
    "battery-gauge-placeholder",
    Text("Board without a fuel gauge answers fixed numbers", "主板无电量计，返回固定假数值"),
    found_by=("battery.state",),
    causes=("battery.gauge-placeholder",),
    fits=_emulated,
    masks=Masking(
        frozenset({"charging.state"}),
        "fixed numbers tell nothing of the cell or of charging",
        causes=OF_THE_CELL,
    ),
)
def placeholder(phone: Phone) -> None:
    """A board sold without its gauge answers what its driver has built in."""
    battery = phone[Battery]
    battery.has_gauge = False
    battery.voltage_mv = 13
    battery.temperature_c = 2.6
    battery.learned_mah = None


@fault(
    "battery-replaced-part",
    Text("Battery was replaced, the phone recorded it", "电池曾被更换，手机有记录"),
    found_by=("battery.parts",),
    causes=("battery.not-original",),
    fits=_knows_parts,
)
def replaced(phone: Phone) -> None:
    """A new cell with few cycles, noted by the phone."""
    battery = phone[Battery]
    battery.part_status = 2
    battery.cycles = 9
    battery.full_mah = battery.design_mah * 101 // 100
