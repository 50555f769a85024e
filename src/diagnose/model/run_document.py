"""The envelope of a run: what `--json` prints of several phones, and of anything that went wrong.

One phone that was examined is printed as its report alone; with `--all`, with several phones and
after an error it is this document, whose shape never depends on what happened.
"""

from __future__ import annotations

from diagnose.model.frozen import Frozen
from diagnose.model.report import Report, Tool

RUN_VERSION = "1.0"


class Problem(Frozen):
    """An error a person must act on. `code` is stable, `message` and `hint` are for people."""

    code: str
    message: str
    hint: str = ""
    exit_status: int


class RunPhone(Frozen):
    """One phone of the run. `label` is unique in it, and is what JUnit calls the phone.

    `serial` is what adb calls it (masked where it is the phone's own number), `port` where it is
    plugged in. `report_id` is empty where there is no report; `problem` then says why.
    """

    label: str
    serial: str = ""
    port: str = ""
    connection: str = ""
    state: str = ""
    examined: bool
    report_id: str = ""
    exit_status: int
    problem: Problem | None = None


class RunDocument(Frozen):
    """A whole run. `exit_status` is that of the program; `faulty` and `incomplete` may both be."""

    run_version: str = RUN_VERSION
    tool: Tool
    exit_status: int
    faulty: bool = False
    incomplete: bool = False
    phones: tuple[RunPhone, ...] = ()
    not_examined: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    error: Problem | None = None
