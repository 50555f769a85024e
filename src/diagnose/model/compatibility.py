"""Whether an app can run on a phone: a statement about the app, never a fault of the phone."""

from __future__ import annotations

from enum import StrEnum

from diagnose.model.frozen import Frozen
from diagnose.model.result import Finding
from diagnose.model.text import Text

ABIS = ("arm64-v8a", "armeabi-v7a", "armeabi", "x86_64", "x86", "riscv64", "mips", "mips64")
"""Every kind of machine code that Android has had, by the name of its folder in an app."""


class Fit(StrEnum):
    """What can be said of one requirement."""

    FITS = "fits"
    MISSES = "misses"
    DOUBTFUL = "doubtful"  # it will run, but something of it may not work
    UNKNOWN = "unknown"  # the phone or the app did not say


class Check(Frozen):
    """One requirement against the phone: what is asked, what was found, in words."""

    id: str
    title: Text
    fit: Fit
    asked: str
    found: str
    text: Text


class Compatibility(Frozen):
    """All checks; `verdict` is the worst of them: a miss, then not knowing, then doubt."""

    package: str
    verdict: Fit
    checks: tuple[Check, ...]

    def findings(self) -> tuple[Finding, ...]:
        """One finding for each check that does not simply fit, and one for the whole."""
        telling = [check for check in self.checks if check.fit is not Fit.FITS]
        whole = Finding(id="app.verdict", text=_VERDICTS[self.verdict])
        return (whole, *(Finding(id=f"app.{check.id}", text=check.text) for check in telling))


_VERDICTS = {
    Fit.FITS: Text("The app can run on this phone.", "该应用可在此手机上运行。"),
    Fit.DOUBTFUL: Text(
        "The app can run on this phone, but parts of it may not work.",
        "该应用可在此手机上运行，但部分功能可能不可用。",
    ),
    Fit.UNKNOWN: Text(
        "Whether the app can run here is unknown: the phone or the app does not say enough.",
        "无法确定该应用能否运行：手机或应用提供的信息不足。",
    ),
    Fit.MISSES: Text("The app cannot run on this phone.", "该应用无法在此手机上运行。"),
}
