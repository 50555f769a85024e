"""What is asked of a modem: who the phone is, its battery, signal, card and lock."""

from __future__ import annotations

from diagnose.model.requests.serial import at
from diagnose.requests import values

MANUFACTURER = at("AT+CGMI", kept=values.AT)
MODEL = at("AT+CGMM", kept=values.AT)
SAMSUNG_INFO = at("AT+DEVCONINFO", kept=values.SAMSUNG)
"""Samsung: model, version, serial numbers (masked), ways it is connected, lock."""
SAMSUNG_BATTERY = at("AT+BATGETLEVEL?", kept=values.AT)
BATTERY = at("AT+CBC", kept=values.AT)
SIGNAL = at("AT+CSQ", kept=values.AT)
SIM = at("AT+CPIN?", kept=values.AT)
