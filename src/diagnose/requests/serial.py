"""What is asked of a modem: who the phone is, its battery, signal, card and lock."""

from __future__ import annotations

from diagnose.model.requests.serial import at

MANUFACTURER = at("AT+CGMI")
MODEL = at("AT+CGMM")
REVISION = at("AT+CGMR")
SAMSUNG_INFO = at("AT+DEVCONINFO")
"""Samsung: model, version, serial numbers (masked), ways it is connected, lock."""
SAMSUNG_BATTERY = at("AT+BATGETLEVEL?")
BATTERY = at("AT+CBC")
SIGNAL = at("AT+CSQ")
SIM = at("AT+CPIN?")
REGISTRATION = at("AT+CREG?")
