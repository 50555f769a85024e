"""Drives one probe against a virtual phone without any wire: its commands, answered in process."""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.model.criterion import Value
from diagnose.model.requests import Shell
from diagnose.model.result import ProbeResult
from diagnose.simulator.phone import Phone
from diagnose.simulator.transport import answer
from diagnose.testing import NOW, bundled_probes, interpret_probe


def probe_virtual(
    phone: Phone, probe_id: str, facts: Mapping[str, Value] | None = None
) -> ProbeResult:
    """Judge one probe on what the virtual phone answers to its commands."""
    requests = bundled_probes()[probe_id].probe.requests
    answers = {
        request.key.removeprefix("shell:"): answer(phone, request)
        for request in requests
        if isinstance(request, Shell)
    }
    return interpret_probe(probe_id, answers, facts=facts, now=NOW)
