"""Faults of the radios, each shown in all places where a real phone shows it."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Masking, fault
from diagnose.simulator.state.features import SimulatedFeatures
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.radio import EMERGENCY_ONLY, OUT_OF_SERVICE, Radio

_LOST_IMEI = "000000000000000"
NO_CARD = Masking(
    frozenset({"radio.service"}),
    "a phone without a card that can be read owes no network, and a card has one state",
    causes=frozenset({"radio.sim-reader", "radio.sim-not-ready", "radio.sim-card"}),
)
NO_BLUETOOTH = Masking(
    frozenset(),
    "a controller that never answers does not crash either",
    causes=frozenset({"radio.bluetooth-crashing"}),
)
NO_MODEM = Masking(
    frozenset({"radio.service", "radio.signal", "radio.sim", "radio.imei"}),
    "without a modem no card is read, no network is heard and no number is told",
)


def has_modem(phone: Phone) -> str | None:
    """Why not, for faults of the modem."""
    return None if phone[Radio].modem_fitted else "this model has no mobile modem"


def shows_imei(phone: Phone) -> str | None:
    """Why not, for a lost IMEI."""
    radio = phone[Radio]
    told = radio.imei_properties or (radio.modem_fitted and not radio.imei_call_denied)
    return None if told else "this model tells the shell no IMEI"


def shows_wifi_state(phone: Phone) -> str | None:
    """Why not, for faults that only the Wi-Fi service's own state shows."""
    return (
        None
        if phone[SimulatedIdentity].sdk >= 30
        else "before Android 11 the shell is told no state"
    )


def has_nfc(phone: Phone) -> str | None:
    """Why not, for faults of NFC."""
    fitted = phone[SimulatedFeatures].has("android.hardware.nfc")
    return None if fitted else "this model has no NFC"


def is_sold_phone(phone: Phone) -> str | None:
    """Why not, for parts that only a maker's image owes."""
    return "an emulator owes no parts" if phone[SimulatedIdentity].is_emulator else None


def _card_says(phone: Phone, state: str) -> None:
    """The modem tells the first card's state; one that does not answer tells none."""
    slot = phone[Radio].sims[0]
    if phone[Radio].modem_answers:
        slot.state = state
        slot.service = EMERGENCY_ONLY


def _networks_say(phone: Phone, service: int) -> None:
    """The modem tells what it hears; one that does not answer hears nothing."""
    for slot in phone[Radio].sims:
        slot.service = service if phone[Radio].modem_answers else OUT_OF_SERVICE


@fault(
    "baseband-dead",
    Text("modem dead", "基带失效"),
    found_by=("radio.baseband",),
    causes=("radio.modem-dead",),
    fits=has_modem,
    masks=NO_MODEM,
)
def baseband_dead(phone: Phone) -> None:
    """No firmware, no SIM, no network, no number; its interfaces are gone."""
    radio = phone[Radio]
    radio.modem_answers = False
    radio.imeis = [_LOST_IMEI, _LOST_IMEI]
    for slot in radio.sims:
        slot.state = "UNKNOWN"
        slot.service = OUT_OF_SERVICE
    if radio.modem_processor:
        radio.modem_processor = "OFFLINE"


@fault(
    "modem-crashing",
    Text("modem crashes again and again", "基带反复崩溃"),
    found_by=("radio.modem_process",),
    causes=("radio.modem-crashing",),
    fits=has_modem,
    masks=NO_MODEM,
)
def modem_crashing(phone: Phone) -> None:
    """Its process starts again; the cards are never ready for long."""
    radio = phone[Radio]
    radio.ril_state = "restarting"
    for slot in radio.sims:
        slot.service = OUT_OF_SERVICE
        if slot.state == "LOADED":
            slot.state = "NOT_READY"
    if radio.modem_processor:
        radio.modem_processor = "OFFLINE"


@fault(
    "imei-lost",
    Text("IMEI lost", "IMEI 丢失"),
    found_by=("radio.imei",),
    causes=("radio.imei-lost",),
    fits=shows_imei,
)
def imei_lost(phone: Phone) -> None:
    """Calibration data wiped: the number is zeros and networks refuse the phone."""
    phone[Radio].imeis = [_LOST_IMEI, _LOST_IMEI]
    _networks_say(phone, EMERGENCY_ONLY)


@fault(
    "sim-tray-fault",
    Text("SIM reader gives errors", "SIM 卡座读卡错误"),
    found_by=("radio.sim",),
    causes=("radio.sim-reader",),
    fits=has_modem,
    masks=NO_CARD,
)
def sim_tray_fault(phone: Phone) -> None:
    """Bent contacts: a card is felt but cannot be read."""
    _card_says(phone, "CARD_IO_ERROR")


@fault(
    "sim-never-ready",
    Text("SIM card never gets ready", "SIM 卡始终未就绪"),
    found_by=("radio.sim",),
    causes=("radio.sim-not-ready",),
    fits=has_modem,
    masks=NO_CARD,
)
def sim_never_ready(phone: Phone) -> None:
    """The only card does not answer in time; beside one that works the slot may be switched off."""
    for other in phone[Radio].sims[1:]:
        other.state = "ABSENT"
    _card_says(phone, "NOT_READY")


@fault(
    "sim-disabled",
    Text("SIM card blocked for good", "SIM 卡已永久锁定"),
    found_by=("radio.sim",),
    causes=("radio.sim-card",),
    fits=has_modem,
    masks=NO_CARD,
)
def sim_disabled(phone: Phone) -> None:
    """Wrong PUK too often."""
    _card_says(phone, "PERM_DISABLED")


@fault(
    "no-service",
    Text("no mobile network", "无移动网络"),
    found_by=("radio.service",),
    causes=("radio.no-network",),
    fits=has_modem,
)
def no_service(phone: Phone) -> None:
    """A torn aerial: the card is fine, no network is heard."""
    _networks_say(phone, OUT_OF_SERVICE)


@fault(
    "emergency-calls-only",
    Text("emergency calls only", "仅限紧急呼叫"),
    found_by=("radio.service",),
    causes=("radio.no-network",),
    fits=has_modem,
)
def emergency_calls_only(phone: Phone) -> None:
    """Networks are heard but take no registration."""
    _networks_say(phone, EMERGENCY_ONLY)


@fault(
    "wifi-chip-dead",
    Text("Wi-Fi chip dead", "Wi-Fi 芯片失效"),
    found_by=("radio.wifi",),
    causes=("radio.wifi-chip-dead",),
    masks=Masking(
        frozenset(),
        "a chip that is dead does not start either",
        causes=frozenset({"radio.wifi-not-starting"}),
    ),
)
def wifi_chip_dead(phone: Phone) -> None:
    """One chip carries both radios on these phones: Bluetooth stays off with it."""
    radio = phone[Radio]
    radio.wifi_chip = False
    radio.wifi_works = False
    radio.bluetooth_state = "OFF"


@fault(
    "wifi-does-not-start",
    Text("Wi-Fi does not start", "Wi-Fi 无法开启"),
    found_by=("radio.wifi",),
    causes=("radio.wifi-not-starting",),
    fits=shows_wifi_state,
)
def wifi_does_not_start(phone: Phone) -> None:
    """Damaged firmware: the interface is there, the service gives up."""
    phone[Radio].wifi_works = False


@fault(
    "bluetooth-dead",
    Text("Bluetooth dead", "蓝牙失效"),
    found_by=("radio.bluetooth",),
    causes=("radio.bluetooth-dead",),
    masks=NO_BLUETOOTH,
)
def bluetooth_dead(phone: Phone) -> None:
    """Switched on, but its controller never answers."""
    phone[Radio].bluetooth_state = "OFF"
    phone[Radio].bluetooth_crashes = 1


@fault(
    "bluetooth-crashing",
    Text("Bluetooth crashes again and again", "蓝牙反复崩溃"),
    found_by=("radio.bluetooth",),
    causes=("radio.bluetooth-crashing",),
)
def bluetooth_crashing(phone: Phone) -> None:
    """It comes back each time."""
    phone[Radio].bluetooth_crashes = 14


@fault(
    "bluetooth-address-lost",
    Text("Bluetooth address lost", "蓝牙地址丢失"),
    found_by=("radio.bluetooth",),
    causes=("radio.bluetooth-dead",),
    fits=lambda phone: (
        None if phone[SimulatedIdentity].sdk < 33 else "Android 13 and later hide the first bytes"
    ),
)
def bluetooth_address_lost(phone: Phone) -> None:
    """Factory data wiped: the address is zeros."""
    phone[Radio].bluetooth_address = "00:00:00:00:00:00"


@fault(
    "nfc-dead",
    Text("NFC controller dead", "NFC 芯片失效"),
    found_by=("radio.nfc",),
    causes=("radio.nfc-dead",),
    fits=has_nfc,
)
def nfc_dead(phone: Phone) -> None:
    """Starting never ends."""
    phone[Radio].nfc = "turning on"


@fault(
    "nfc-service-gone",
    Text("NFC service gone", "NFC 服务缺失"),
    found_by=("radio.nfc",),
    causes=("radio.nfc-service-gone",),
    fits=has_nfc,
    masks=Masking(
        frozenset(),
        "without its service nothing is told of the chip",
        causes=frozenset({"radio.nfc-dead"}),
    ),
)
def nfc_service_gone(phone: Phone) -> None:
    """Its process does not come up any more."""
    phone[Radio].nfc = None


@fault(
    "gnss-hal-missing",
    Text("positioning service missing", "定位服务缺失"),
    found_by=("radio.gnss",),
    causes=("radio.positioning-service-gone",),
    fits=lambda phone: (
        is_sold_phone(phone)
        or (None if phone[Radio].hals_readable else "this maker hides the list of services")
    ),
)
def gnss_hal_missing(phone: Phone) -> None:
    """The receiver was not found at start, so that its service ended."""
    phone[Radio].gnss = ""


@fault(
    "infrared-service-missing",
    Text("infrared service missing", "红外服务缺失"),
    found_by=("radio.extras",),
    causes=("radio.extra-service-gone",),
    fits=lambda phone: (
        None
        if phone[SimulatedFeatures].has("android.hardware.consumerir")
        else "this model has no infrared sender"
    ),
)
def infrared_service_missing(phone: Phone) -> None:
    """The sender's hardware service is gone."""
    phone[Radio].infrared_service = False
