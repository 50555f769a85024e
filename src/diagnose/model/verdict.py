"""The verdict of a run: one table from which exit status, JUnit, JSON and terminal are all drawn.

A ground is something that keeps a run from status 0. It says one of two things: the phone (or the
app that was asked about) is *faulty*, or the run is *incomplete*. A run can be both: then the exit
status is that of an incomplete run, and every view names the fault as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from diagnose.model.frozen import Frozen
from diagnose.model.plain import dataclass
from diagnose.model.text import Text

GOOD, FAULTY, UNREACHED, INCOMPLETE, INTERRUPTED = 0, 1, 4, 5, 130
"""Exit statuses of the contract that say how a run ended."""


class Ground(StrEnum):
    """Why a run does not end with status 0."""

    PROBE_FAILED = "probe_failed"
    CAUSE_CONCLUDED = "cause_concluded"
    APP_CANNOT_RUN = "app_cannot_run"
    LOST = "lost"
    CANCELLED = "cancelled"
    STARTING = "starting"
    NOTHING_READ = "nothing_read"
    COVERAGE_LOW = "coverage_low"
    REQUIRED_UNREAD = "required_unread"
    PROBE_ERROR = "probe_error"
    APP_UNKNOWN = "app_unknown"


@dataclass(frozen=True)
class GroundTraits:
    """What a ground says and where JUnit shows it.

    `case` is the test case that carries it; empty where that is the case of the probe itself.
    """

    says: Literal["faulty", "incomplete"]
    case: str
    text: Text

    @property
    def exit_status(self) -> int:
        """The status of a run that has this ground alone."""
        return FAULTY if self.says == "faulty" else INCOMPLETE

    @property
    def junit(self) -> Literal["failure", "error"]:
        """The JUnit element: a failure is the phone's, an error says that we do not know."""
        return "failure" if self.says == "faulty" else "error"


READING, CAUSES, APP = "run.reading", "run.causes", "run.app"
"""The test cases of a run that belong to no probe."""

GROUNDS: dict[Ground, GroundTraits] = {
    Ground.PROBE_FAILED: GroundTraits("faulty", "", Text("a probe failed", "检测项不合格")),
    Ground.CAUSE_CONCLUDED: GroundTraits("faulty", CAUSES, Text("a fault was found", "检测到故障")),
    Ground.APP_CANNOT_RUN: GroundTraits(
        "faulty", APP, Text("the app cannot run on this phone", "该应用无法在此手机上运行")
    ),
    Ground.LOST: GroundTraits(
        "incomplete", READING, Text("the phone went away while it was read", "读取过程中手机断开")
    ),
    Ground.CANCELLED: GroundTraits(
        "incomplete", READING, Text("the run was stopped", "检测被中止")
    ),
    Ground.STARTING: GroundTraits(
        "incomplete",
        READING,
        Text("the phone had not finished starting", "手机尚未启动完成"),
    ),
    Ground.NOTHING_READ: GroundTraits(
        "incomplete", READING, Text("nothing could be read", "未能读取任何内容")
    ),
    Ground.COVERAGE_LOW: GroundTraits(
        "incomplete",
        READING,
        Text("less was tested than this job demands", "实际检测的项目少于本任务的要求"),
    ),
    Ground.REQUIRED_UNREAD: GroundTraits(
        "incomplete", "", Text("a required probe gave no answer", "必检项目没有结果")
    ),
    Ground.PROBE_ERROR: GroundTraits(
        "incomplete",
        "",
        Text(
            "a probe broke down: the tool's error, not the phone's",
            "检测工具自身出错，并非手机故障",
        ),
    ),
    Ground.APP_UNKNOWN: GroundTraits(
        "incomplete", APP, Text("whether the app can run is unknown", "无法确定该应用能否运行")
    ),
}


class VerdictReason(Frozen):
    """One ground of a verdict; `about` is the probe, the cause or the figure it speaks of."""

    ground: Ground
    about: str = ""
    text: Text


class RunVerdict(Frozen):
    """What a run comes to. `exit_status` is the one the program ends with for this phone."""

    exit_status: int
    faulty: bool
    incomplete: bool
    reasons: tuple[VerdictReason, ...] = ()

    def carried_by(self, case: str) -> tuple[VerdictReason, ...]:
        """Give the reasons that one test case of JUnit carries: a probe's, or one of the run."""
        return tuple(
            reason
            for reason in self.reasons
            if (GROUNDS[reason.ground].case or reason.about) == case
        )


def verdict_for(grounds: Iterable[tuple[Ground, str]]) -> RunVerdict:
    """Draw the verdict from its grounds; a status of an incomplete run outweighs a fault."""
    reasons = tuple(
        VerdictReason(ground=ground, about=about, text=GROUNDS[ground].text)
        for ground, about in grounds
    )
    grounds_met = {GROUNDS[reason.ground].says for reason in reasons}
    return RunVerdict(
        exit_status=max((GROUNDS[r.ground].exit_status for r in reasons), default=GOOD),
        faulty="faulty" in grounds_met,
        incomplete="incomplete" in grounds_met,
        reasons=reasons,
    )


def status_of_run(
    statuses: Iterable[int], *, unexamined: Iterable[int] = (), interrupted: bool = False
) -> int:
    """The exit status of a run over several phones.

    `statuses` are those of the phones that have a report, `unexamined` those of the errors that
    kept the others from one. Where no phone has a report the first error counts; where some have,
    the run is incomplete, as it is where one of them is; then a fault counts.
    """
    examined, kept_out = tuple(statuses), tuple(unexamined)
    if interrupted:
        return INTERRUPTED
    if not examined:
        return kept_out[0] if kept_out else UNREACHED
    return INCOMPLETE if kept_out else max(examined)
