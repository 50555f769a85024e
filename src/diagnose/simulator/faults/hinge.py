"""What goes wrong with the hinge of a foldable."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import fault
from diagnose.simulator.state.sensors import Sensors
from diagnose.simulator.state.tradein import SimulatedTradeIn


def _counts_folds(phone: Phone) -> str | None:
    counts = phone[SimulatedTradeIn].mode == "open" and phone[SimulatedTradeIn].hinge_folds
    return None if counts else "nothing counts its folds"


@fault(
    "hinge-worn",
    Text("Folded more often than the hinge is rated for", "折叠次数超过铰链标定寿命"),
    found_by=("display.hinge",),
    causes=("display.hinge-worn",),
    fits=_counts_folds,
)
def worn(phone: Phone) -> None:
    """Just at its rating: from there on it is worn."""
    phone[SimulatedTradeIn].hinge_folds = (phone[SimulatedTradeIn].hinge_rated,)


@fault(
    "hinge-sensor-missing",
    Text("Hinge sensor gone", "铰链角度传感器缺失"),
    found_by=("display.hinge", "sensor.census"),
    causes=("display.hinge-sensor-missing",),
    fits=lambda phone: None if phone[Sensors].of_kind("hinge_angle") else "it has no hinge sensor",
)
def sensor_missing(phone: Phone) -> None:
    """Torn off with the flex cable that crosses the hinge."""
    phone[Sensors].remove("hinge_angle")
