"""Drives one probe against a virtual phone without any wire: its commands, answered in process."""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.model.criterion import Value
from diagnose.model.result import ProbeResult
from diagnose.replies import Reply, ReplyStatus
from diagnose.requests import Shell
from diagnose.simulator.phone import Phone
from diagnose.simulator.shell import run_command
from diagnose.testing import NOW, bundled_probes, interpret_probe


def probe_virtual(
    phone: Phone, probe_id: str, facts: Mapping[str, Value] | None = None
) -> ProbeResult:
    """Judge one probe on what the virtual phone answers to its commands."""
    requests = bundled_probes()[probe_id].probe.requests
    said = {
        request.command: answer(phone, request)
        for request in requests
        if isinstance(request, Shell)
    }
    return interpret_probe(probe_id, said, facts=facts, now=NOW)


def answer(phone: Phone, request: Shell) -> Reply:
    """Run the command on the virtual phone and give its answer as a complete reply."""
    output = run_command(phone, request.command)
    stdout = output.stdout if isinstance(output.stdout, bytes) else b"".join(output.stdout)
    status = ReplyStatus.TIMEOUT if output.hangs else ReplyStatus.COMPLETE
    return Reply(
        request.key, status, stdout=stdout, stderr=output.stderr, exit_code=output.exit_code
    )
