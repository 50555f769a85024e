"""The AT commands that may be sent, and no other: a closed list, compiled in.

Sources: 3GPP TS 27.007 (identity, signal, SIM, battery), Samsung's service commands as read-only
forms of public diagnostics research. The same notes hold commands that erase a phone or open its
locks: none of them, and no other spelling of these, passes.
"""

from __future__ import annotations

from typing import Final

AT_COMMANDS: Final[frozenset[str]] = frozenset(
    "AT ATI AT+CGMI AT+CGMM AT+CGMR AT+GMI AT+GMM AT+GMR AT+CSQ AT+CREG? AT+CPIN? AT+CFUN?"
    " AT+CBC AT+DEVCONINFO AT+SIZECHECK=? AT+VERSNAME=3,2,3 AT+BATGETLEVEL? AT+SWVER"
    " AT+REACTIVE=1,0,0".split()
)
