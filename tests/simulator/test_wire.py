"""The wire of virtual phones, seen through the real adb server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.adbserver import AdbServer

from diagnose.simulator.output import Output
from diagnose.simulator.wire.daemon import Daemon

MODERN = frozenset({"shell_v2", "cmd", "stat_v2", "ls_v2", "sendrecv_v2", "delayed_ack"})


@dataclass
class Scripted:
    """A phone that answers from a table."""

    answers: dict[str, Output] = field(default_factory=dict)
    features: frozenset[str] = MODERN
    banner: str = "device::ro.product.name=kirin;ro.product.model=M 1;ro.product.device=k1;"
    latencies_ms: dict[str, float] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def respond(self, command: str) -> Output:
        return self.answers.get(command) or Output(
            stderr=f"/system/bin/sh: {command}: inaccessible or not found\n".encode(),
            exit_code=127,
        )

    def latency_ms(self, command: str) -> float:
        return self.latencies_ms.get(command, 0.0)

    def read_file(self, path: str) -> bytes | None:
        return self.files.get(path)


def test_exit_code_and_split_streams(adb_server: AdbServer, attach: Callable[..., str]) -> None:
    phone = Scripted({"both": Output(stdout=b"out\n", stderr=b"err\n", exit_code=3)})
    serial = attach(Daemon(phone))
    reply = adb_server.shell(serial, "both")
    assert (reply.stdout, reply.stderr, reply.exit_code) == (b"out\n", b"err\n", 3)
    assert adb_server.shell(serial, "nope").exit_code == 127
