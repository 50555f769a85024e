"""Requests over adb: one simple command in the phone's shell."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import field

from diagnose.model.plain import dataclass
from diagnose.model.requests.base import (
    DEFAULT_MAX_BYTES,
    DEFAULT_TIMEOUT_S,
    DataClass,
    Effect,
    Request,
)
from diagnose.model.requests.kept import Kept

# A word of these characters means the same to every Android shell unquoted; `*` stays a glob.
_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./*\-]+")


@dataclass(frozen=True, init=False)
class Shell(Request):
    """One simple command in the phone's shell: no pipe, no `;`, no redirect; `*` is a glob."""

    argv: tuple[str, ...] = field(default=(), compare=False)

    def __init__(
        self,
        *argv: str,
        effect: Effect = Effect.READ,
        timeout_s: float = DEFAULT_TIMEOUT_S,
        expected_ms: float = 60.0,
        max_bytes: int = DEFAULT_MAX_BYTES,
        data_class: DataClass = DataClass.HARDWARE,
        sensitive: bool = False,
        sample: int = 0,
        after_s: float = 0.0,
        listen_s: float = 0.0,
        kept: Kept | None = None,
    ) -> None:
        super().__init__(
            key=shell_key(argv, sample),
            effect=effect,
            timeout_s=timeout_s,
            expected_ms=expected_ms,
            max_bytes=max_bytes,
            data_class=data_class,
            sensitive=sensitive,
            sample=sample,
            after_s=after_s,
            listen_s=listen_s,
            kept=kept,
        )
        object.__setattr__(self, "argv", argv)

    @property
    def command(self) -> str:
        """The command line as the phone's shell gets it."""
        return command_line(self.argv)


def shell_key(argv: tuple[str, ...], sample: int = 0) -> str:
    """The key of a shell command; a sample bears its number: `shell:cmd battery get status #3`."""
    return f"shell:{command_line(argv)}" + (f" #{sample}" if sample else "")


def sampled(
    *argv: str,
    times_s: Sequence[float],
    data_class: DataClass = DataClass.HARDWARE,
    kept: Kept | None = None,
) -> tuple[Shell, ...]:
    """Give the same command for several times of the watch: as its samples 1, 2, and so on."""
    return tuple(
        Shell(*argv, sample=number, after_s=time_s, data_class=data_class, kept=kept)
        for number, time_s in enumerate(times_s, 1)
    )


def command_line(argv: tuple[str, ...]) -> str:
    """Join words into one command line; quote what the shell would read otherwise."""
    return " ".join(word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in argv)
