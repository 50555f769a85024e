"""What a buyer of a used phone must know besides its parts."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Masking, fault
from diagnose.simulator.state.tradein import SimulatedTradeIn

LOCKS_ALONE = Masking(
    frozenset({"battery.parts", "display.hinge"}),
    "a phone that is locked to an account says nothing else in its report",
    causes=frozenset({"display.hinge-worn", "tradein.moisture-inside", "tradein.screen-replaced"}),
)


@fault(
    "frp-locked",
    Text("Locked to its owner's account", "已锁定在机主账号下"),
    found_by=("tradein.status",),
    fits=lambda phone: (
        None if phone[SimulatedTradeIn].mode == "open" else "this phone has no trade-in report"
    ),
    masks=LOCKS_ALONE,
    causes=("tradein.account-lock",),
)
def frp_locked(phone: Phone) -> None:
    """Factory reset protection is on: the report holds its locks alone."""
    phone[SimulatedTradeIn].locked = True
