"""The radios: modem and SIM slots, Wi-Fi, Bluetooth, NFC, positioning, extras."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from diagnose.simulator.phone import Section

IN_SERVICE, OUT_OF_SERVICE, EMERGENCY_ONLY, POWER_OFF = range(4)


class SimSlot(BaseModel):
    """One slot: the card's state in AOSP's words, and its registration."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    state: str = "LOADED"
    operator: str = "CHINA MOBILE"
    plmn: str = "46000"
    country: str = "cn"
    network: str = "LTE"
    dbm: int = -94
    service: int = IN_SERVICE


class Radio(Section):
    """State of all radios. Properties that a model lacks are empty."""

    AREA: ClassVar[str] = "radio"

    # modem
    modem_fitted: bool = True
    modem_answers: bool = True
    airplane: bool = False
    baseband: str = "MPSS.HI.4.3.1-00123-TEST_GEN_PACK-1"
    baseband_kind: str = "msm"
    ril_version: str = "Qualcomm RIL 1.0"
    ril_service: str = "vendor.qcrild"
    ril_state: str = "running"
    modem_processor: str = ""
    sims: list[SimSlot] = Field(
        default_factory=lambda: [SimSlot(), SimSlot(state="ABSENT", service=OUT_OF_SERVICE)]
    )
    imei_properties: tuple[str, ...] = ()
    imei_call_denied: bool = False
    # body 35-0000-00 is not assigned to any maker
    imeis: list[str] = Field(default_factory=lambda: ["350000001234562", "350000007654328"])

    # Wi-Fi
    wifi_on: bool = True
    wifi_works: bool = True
    wifi_chip: bool = True
    wifi_driver_property: bool = False
    wifi_interfaces: tuple[str, ...] = ("wlan0", "p2p0")
    interfaces_readable: bool = True
    ssid: str = "Workshop-5G"
    bssid: str = "02:11:22:33:44:55"
    wifi_dbm: int = -52
    wifi_mhz: int = 5180
    wifi_mbps: int = 866
    wifi_standard: int = 6

    # Bluetooth
    bluetooth_on: bool = True
    bluetooth_state: str = "ON"
    bluetooth_address: str = "3C:5A:B4:00:00:01"
    bluetooth_name: str = "phone on the bench"
    bluetooth_crashes: int = 0

    # NFC: None where the service does not run
    nfc: str | None = "on"

    # positioning: `aidl`, the HIDL version, or empty where its service is gone
    gnss: str = "aidl"
    hals_readable: bool = True

    uwb_service: bool = True
    infrared_service: bool = True
