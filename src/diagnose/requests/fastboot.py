"""What is asked of a bootloader: variables every loader knows first, `all` last.

A name that a loader does not know hangs some of them. So what nearly all know comes first, and
what only those with two slots know is asked by `all` alone.
"""

from __future__ import annotations

from diagnose.model.requests.fastboot import getvar
from diagnose.requests import values

PRODUCT = getvar("product", turn=0, kept=values.VARIABLE)
VERSION = getvar("version", turn=1, kept=values.VARIABLE)
SERIAL = getvar("serialno", turn=1, kept=values.VARIABLE)
SECURE = getvar("secure", turn=2, kept=values.VARIABLE)
UNLOCKED = getvar("unlocked", turn=2, kept=values.VARIABLE)
CURRENT_SLOT = getvar("current-slot", turn=3, kept=values.VARIABLE)
BATTERY_VOLTAGE = getvar("battery-voltage", turn=4, kept=values.VARIABLE)
BATTERY_OK = getvar("battery-soc-ok", turn=4, kept=values.VARIABLE)
IS_USERSPACE = getvar("is-userspace", turn=5, kept=values.VARIABLE)
ALL = getvar("all", timeout_s=5.0, turn=9, kept=values.VARIABLES)
"""Everything the loader lists; some refuse it, and what was read by name stays."""
