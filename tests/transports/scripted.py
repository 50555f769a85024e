"""A virtual phone that answers from a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from diagnose.simulator.output import Output

MODERN = frozenset({"shell_v2", "cmd", "stat_v2", "ls_v2", "sendrecv_v2", "delayed_ack"})


@dataclass
class Scripted:
    """What it does not know is not found, as in Android's shell."""

    answers: Mapping[str, Output] = field(default_factory=dict)
    features: frozenset[str] = MODERN
    banner: str = "device::ro.product.name=kirin;ro.product.model=M 1;ro.product.device=k1;"
    latencies_ms: Mapping[str, float] = field(default_factory=dict)

    def respond(self, command: str) -> Output:
        missing = f"/system/bin/sh: {command}: inaccessible or not found\n".encode()
        return self.answers.get(command) or Output(stderr=missing, exit_code=127)

    def latency_ms(self, command: str) -> float:
        return self.latencies_ms.get(command, 0.0)

    def read_file(self, path: str) -> bytes | None:
        del path
        return None
