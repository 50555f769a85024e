"""Retention: how long the private data of a case are kept after it ended.

No law names a number of days. The GDPR (Art. 5(1)(e)) and the Chinese PIPL (Art. 19) ask for the
shortest time the purpose needs. The purpose after a repair is that the customer can claim for its
defects: in Germany two years from acceptance (BGB 634a(1) no. 1), the longest warranty the shipped
price books name. Where nothing was repaired there is nothing to claim for: the days are those in
which an offer still binds (30 at least, Directive (EU) 2024/1799) and a complaint is settled.
"""

from __future__ import annotations

from pydantic import Field

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text

LONGEST_DAYS = 3660
"""Ten years: the longest time for which tax law has had invoices kept (Germany, AO 147)."""

_REASON = Text(
    "two years for claims after a repair; without one, until offer and complaint are settled",
    "维修后索赔期两年；未维修的，至报价和投诉处理完毕",
)


class Retention(Frozen):
    """How long contact, IMEI, signatures and free text stay, in days after the case ended.

    `days_without_work` counts where the customer refused or withdrew and nothing was repaired.
    """

    days: int = Field(default=731, ge=1, le=LONGEST_DAYS)
    days_without_work: int = Field(default=90, ge=1, le=LONGEST_DAYS)
    reason: Text = _REASON
    source: str = Field(default="BGB 634a(1) no. 1; GDPR Art. 5(1)(e)", max_length=300)
