"""What the modem shows: properties and `dumpsys telephony.registry`."""

from __future__ import annotations

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.parcel import parcel, refusal, text_parcel
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers, properties
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.radio import EMERGENCY_ONLY, IN_SERVICE, POWER_OFF, Radio, SimSlot

_NONE = 2147483647
_NAMES = ("IN_SERVICE", "OUT_OF_SERVICE", "EMERGENCY_ONLY", "POWER_OFF")
_TECHNOLOGIES = {"GSM": 16, "WCDMA": 3, "LTE": 14, "NR": 20}


@properties
def modem_properties(phone: Phone) -> dict[str, str]:
    """Firmware, slots and operators, as the telephony service publishes them."""
    radio = phone[Radio]
    shown = {
        "persist.radio.airplane_mode_on": "1" if radio.airplane else "0",
        "ro.baseband": radio.baseband_kind,
    }
    if not radio.modem_fitted:
        return shown | {"ro.radio.noril": "yes"}
    slots = radio.sims
    registered = [s.service == IN_SERVICE and not radio.airplane for s in slots]
    shown |= {
        "gsm.version.baseband": _each(slots, radio.baseband if radio.modem_answers else ""),
        "gsm.version.ril-impl": radio.ril_version,
        "gsm.current.phone-type": _each(slots, "1"),
        "gsm.sim.state": ",".join(slot.state for slot in slots),
        "gsm.operator.alpha": _joined(slots, registered, "operator"),
        "gsm.operator.numeric": _joined(slots, registered, "plmn"),
        "gsm.operator.iso-country": _joined(slots, registered, "country"),
        "gsm.network.type": ",".join(
            slot.network if on else "Unknown" for slot, on in zip(slots, registered, strict=True)
        ),
        f"init.svc.{radio.ril_service}": radio.ril_state,
        "ro.telephony.sim_slots.count": str(len(slots)),
    }
    if radio.modem_processor:
        shown["vendor.peripheral.modem.state"] = radio.modem_processor
    return shown | _imei_properties(radio)


def _imei_properties(radio: Radio) -> dict[str, str]:
    """Names ending in 2 (or an odd digit for a pair from 0) hold the second slot's number."""
    return {
        name: radio.imeis[1 if name.endswith("2") and len(radio.imeis) > 1 else 0]
        for name in radio.imei_properties
    }


def _each(slots: list[SimSlot], value: str) -> str:
    return ",".join(value for _ in slots)


def _joined(slots: list[SimSlot], shown: list[bool], field: str) -> str:
    return ",".join(
        str(getattr(slot, field)) if on else "" for slot, on in zip(slots, shown, strict=True)
    )


@answers("service call iphonesubinfo 1 s16 com.android.shell")
def device_id(phone: Phone, _words: Words) -> Output:
    """IPhoneSubInfo.getDeviceId, asked in the name of the shell."""
    radio = phone[Radio]
    if not radio.modem_fitted:
        return say("service: Service iphonesubinfo does not exist\n", exit_code=10)
    if radio.imei_call_denied:
        return say(refusal("android.permission.READ_PRIVILEGED_PHONE_STATE"))
    told = radio.imeis[0] if radio.modem_answers and radio.imeis else ""
    return say(text_parcel(told) if told else parcel([0, 0xFFFFFFFF]))


@answers("dumpsys telephony.registry")
def registry(phone: Phone, _words: Words) -> Output:
    """The last known state of each modem, then the listeners."""
    radio = phone[Radio]
    if not radio.modem_fitted:
        return refuse("Can't find service: telephony.registry\n", exit_code=0)
    lines = ["last known state:"]
    for at, slot in enumerate(radio.sims):
        lines += _block(phone, at, slot)
    lines += [
        "local logs:",
        *(f"  listener {at:03d} events=0x20 notifyNow=false" for at in range(40)),
    ]
    lines += ["registrations: count=12"]
    lines += [
        f"  {{callingPackage=android binder=android.os.BinderProxy@{at:07x} subId=-1}}"
        for at in range(12)
    ]
    return say("\n".join(lines) + "\n")


def _block(phone: Phone, at: int, slot: SimSlot) -> list[str]:
    radio, sdk = phone[Radio], phone[SimulatedIdentity].sdk
    state = POWER_OFF if radio.airplane or not radio.modem_answers else slot.service
    operator = slot.operator if state == IN_SERVICE else ""
    return [
        f"  Phone Id={at}",
        "    mCallState=0",
        "    mCallIncomingNumber=",
        f"    mServiceState={_service_state(slot, state, operator)}",
        "    mVoiceActivationState= 0",
        f"    mSignalStrength={_signal(slot, sdk, heard=state in (IN_SERVICE, EMERGENCY_ONLY))}",
        "    mMessageWaiting=false",
        "    mCallForwarding=false",
        "    mDataActivity=0",
        f"    mDataConnectionState={2 if state == IN_SERVICE else -1}",
        "    mCellLocation="
        + (
            "Bundle[{cid=123456, lac=4321, psc=-1}]"
            if state == IN_SERVICE
            else "Bundle[{cid=-1, lac=-1, psc=-1}]"
        ),
        "    mCellInfo=null",
    ]


def _service_state(slot: SimSlot, state: int, operator: str) -> str:
    """The form of Android 9 and later."""
    technology = _TECHNOLOGIES[slot.network] if state == IN_SERVICE else 0
    name = f"{technology}({slot.network if technology else 'Unknown'})"
    return (
        f"{{mVoiceRegState={state}({_NAMES[state]}), mDataRegState={state}({_NAMES[state]}),"
        f" mChannelNumber=-1, duplexMode()=0, mCellBandwidths=[],"
        f" mVoiceOperatorAlphaLong={operator}, mVoiceOperatorAlphaShort={operator},"
        f" mDataOperatorAlphaLong={operator}, mDataOperatorAlphaShort={operator},"
        f" isManualNetworkSelection=false(automatic), getRilVoiceRadioTechnology={name},"
        f" getRilDataRadioTechnology={name}, mCssIndicator=unsupported, mNetworkId=-1,"
        f" mSystemId=-1, mCdmaRoamingIndicator=-1, mCdmaDefaultRoamingIndicator=-1,"
        f" mIsEmergencyOnly={str(state == EMERGENCY_ONLY).lower()},"
        " isUsingCarrierAggregation=false, mIsIwlanPreferred=false}"
    )


def _signal(slot: SimSlot, sdk: int, *, heard: bool) -> str:
    """Android 10 names every number; before it there were positions."""
    level = {slot.network: slot.dbm} if heard else {}
    lte, gsm = level.get("LTE", _NONE), level.get("GSM", _NONE)
    wcdma, nr = level.get("WCDMA", _NONE), level.get("NR", _NONE)
    if sdk < 29:
        asu = (gsm + 113) // 2 if gsm != _NONE else 99
        rest = f"{_NONE} {_NONE} {_NONE} 99 255 {_NONE} -120 0"
        return f"SignalStrength: {asu} 0 -120 -160 -120 -1 -1 99 {lte} {rest} gsm|lte"
    return (
        f"SignalStrength:{{mCdma=CellSignalStrengthCdma: cdmaDbm={_NONE} cdmaEcio={_NONE}"
        f" evdoDbm={_NONE} evdoEcio={_NONE} evdoSnr={_NONE} level=0,"
        f"mGsm=CellSignalStrengthGsm: rssi={gsm} ber={_NONE} mTa={_NONE} mLevel=0,"
        f"mWcdma=CellSignalStrengthWcdma: ss={wcdma} ber={_NONE} rscp={wcdma} ecno={_NONE} level=0,"
        f"mTdscdma=CellSignalStrengthTdscdma: rssi={_NONE} ber={_NONE} rscp={_NONE} level=0,"
        f"mLte=CellSignalStrengthLte: rssi={_NONE} rsrp={lte} rsrq={_NONE} rssnr={_NONE}"
        f" cqi={_NONE} ta={_NONE} level=0,mNr=CellSignalStrengthNr:{{ csiRsrp = {_NONE}"
        f" csiRsrq = {_NONE} csiSinr = {_NONE} ssRsrp = {nr} ssRsrq = {_NONE} ssSinr = {_NONE}"
        f" level = 0 }},primary=CellSignalStrength{slot.network.title()}}}"
    )
