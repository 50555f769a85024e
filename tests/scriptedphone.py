"""A virtual phone that answers from a table: for tests of the wire and of what talks to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from diagnose.simulator.output import Output

MODERN = frozenset(
    {"shell_v2", "cmd", "stat_v2", "ls_v2", "sendrecv_v2", "fixed_push_mkdir", "delayed_ack"}
)
WITHOUT_DELAYED_ACKS = MODERN - {"delayed_ack"}
ANDROID_7 = frozenset({"shell_v2", "cmd"})  # checksums, but the v2 shell
ANDROID_6 = frozenset[str]()  # v1 shell on a terminal, 4 KB payloads


@dataclass
class ScriptedPhone:
    """Answers `answers`, everything else as Android's shell answers an unknown command."""

    answers: dict[str, Output] = field(default_factory=dict)
    features: frozenset[str] = MODERN
    banner: str = "device::ro.product.name=kirin;ro.product.model=M 1;ro.product.device=k1;"
    latencies_ms: dict[str, float] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def respond(self, command: str) -> Output:
        """The scripted answer."""
        if command in self.answers:
            return self.answers[command]
        text = f"/system/bin/sh: {command}: inaccessible or not found\n"
        return Output(stderr=text.encode(), exit_code=127)

    def latency_ms(self, command: str) -> float:
        """The scripted latency, 0 where there is none."""
        return self.latencies_ms.get(command, 0.0)

    def read_file(self, path: str) -> bytes | None:
        """The scripted file."""
        return self.files.get(path)
