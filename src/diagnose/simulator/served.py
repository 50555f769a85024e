"""A virtual phone as the wire serves it: its state behind a shell, a banner and latencies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from diagnose.simulator.output import Output
from diagnose.simulator.phone import Phone
from diagnose.simulator.shell import files_of, run_command
from diagnose.simulator.specification import Specification
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.wire.daemon import Daemon
from diagnose.simulator.wire.latency import LatencyTable

# What adbd of each Android version says it can do (its transport features).
_FEATURES_BY_SDK = (
    (24, ("cmd", "shell_v2")),
    (26, ("stat_v2",)),
    (29, ("apex", "fixed_push_mkdir", "fixed_push_symlink_timestamp", "abb")),
    (30, ("abb_exec", "ls_v2", "remount_shell", "track_app")),
    (31, ("sendrecv_v2", "sendrecv_v2_brotli", "sendrecv_v2_lz4", "sendrecv_v2_dry_run_send")),
    (34, ("delayed_ack", "openscreen_mdns", "devicetracker_proto_format", "devraw")),
    (35, ("app_info", "server_status")),
)


class ServedPhone:
    """The responder of one virtual phone; `distort` changes everything it says."""

    def __init__(
        self,
        phone: Phone,
        *,
        scale: float = 1.0,
        distort: Callable[[str, Output], Output] = lambda _command, output: output,
    ) -> None:
        self._phone = phone
        self._distort = distort
        self._latencies = LatencyTable.read(scale=scale)

    def become(self, phone: Phone, distort: Callable[[str, Output], Output]) -> None:
        """Answer as another phone from now on."""
        self._phone, self._distort = phone, distort

    @property
    def banner(self) -> str:
        """The identity string of CNXN."""
        who = self._phone[SimulatedIdentity]
        return (
            f"device::ro.product.name={who.product};ro.product.model={who.model};"
            f"ro.product.device={who.device};"
        )

    @property
    def features(self) -> frozenset[str]:
        """What the adbd of this Android version can do."""
        sdk = self._phone[SimulatedIdentity].sdk
        return frozenset(
            name for since, names in _FEATURES_BY_SDK if sdk >= since for name in names
        )

    def respond(self, command: str) -> Output:
        """Answer a shell command from the state."""
        return self._distort(command, run_command(self._phone, command))

    def latency_ms(self, command: str) -> float:
        """How long a real phone is assumed to take."""
        return self._latencies.latency_ms(self._phone.name, command)

    def read_file(self, path: str) -> bytes | None:
        """Give a file for `sync:`."""
        body = files_of(self._phone).get(path)
        return body.encode() if isinstance(body, str) else body


def serve(specification: Specification, *, port: int = 0, scale: float = 1.0) -> Daemon:
    """Make the daemon of an ordered phone (not started yet)."""
    phone = specification.build()
    return Daemon(
        ServedPhone(phone, scale=scale, distort=_distortion(specification)),
        port=port,
        faults=specification.wire_faults,
    )


def _distortion(specification: Specification) -> Callable[[str, Output], Output]:
    faults = specification.wire_faults
    if specification.hostile:
        from diagnose.simulator.hostile import make_hostile

        return make_hostile
    if faults.booting or faults.boots_after_s is not None:
        from diagnose.simulator.starting import make_starting

        return make_starting(faults.boots_after_s)
    return lambda _command, output: output


@dataclass(frozen=True)
class Changing:
    """A daemon whose phone can become another while it is served."""

    daemon: Daemon
    responder: ServedPhone

    def become(self, specification: Specification) -> bool:
        """Be that phone from now on; whether computers must connect again to notice."""
        self.responder.become(specification.build(), _distortion(specification))
        return self.daemon.change_faults(specification.wire_faults)


def serve_changing(specification: Specification, *, scale: float = 1.0) -> Changing:
    """Make a daemon (not started yet) whose phone can be changed."""
    responder = ServedPhone(specification.build(), scale=scale, distort=_distortion(specification))
    return Changing(Daemon(responder, faults=specification.wire_faults), responder)
