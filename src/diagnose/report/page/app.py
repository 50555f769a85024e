"""Whether an app can run on the phone: a statement about the app, never a fault of the phone."""

from __future__ import annotations

from diagnose.model.compatibility import Fit
from diagnose.model.report import Report
from diagnose.report.page.model import AppFit, Row
from diagnose.report.phrase import Speaker, plain

_TONES = {
    Fit.FITS: "pass",
    Fit.MISSES: "fail",
    Fit.DOUBTFUL: "attention",
    Fit.UNKNOWN: "not_run",
}


def app_fit(report: Report, say: Speaker) -> AppFit | None:
    """The app that was asked about, where one was."""
    app = report.app
    if app is None:
        return None
    return AppFit(
        title=plain(app.package),
        tone=_TONES[app.verdict],
        verdict=say(app.findings()[0].text),
        checks=tuple(
            Row(say(check.title), say(check.text), _TONES[check.fit]) for check in app.checks
        ),
    )
