"""Runs `diagnose` as people do: as a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

SCALE = "0.05"
"""Virtual latencies are cut to a twentieth: order and overlap stay, waiting does not."""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON; fails where there is anything else on it."""
        return json.loads(self.out)


def diagnose(
    *arguments: str | Path, env: Mapping[str, str] | None = None, timeout: float = 60
) -> Ended:
    """Run one command to its end."""
    done = subprocess.run(
        command_line(*arguments),
        capture_output=True,
        timeout=timeout,
        env=environment(env),
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def diagnose_here(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Ended:
    """Run one command to its end in this process: the same way in, without 0.4 s of start-up.

    For tests of what a command says and records; what a process is (signals, a terminal, a kill)
    needs `diagnose`.
    """
    from diagnose.cli import _run

    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in "oe")
    with (
        mock.patch.object(sys, "argv", ["diagnose", *map(str, arguments)]),
        mock.patch.dict(os.environ, environment(env), clear=True),
        mock.patch.object(sys, "stdin", io.StringIO()),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        status = _run()
    return Ended(status or 0, *(stream.buffer.getvalue().decode() for stream in (out, err)))


def command_line(*arguments: str | Path) -> list[str]:
    """The words of a command."""
    return [sys.executable, "-m", "diagnose", *map(str, arguments)]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Our own environment: an English terminal of 100 columns unless told otherwise."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "100", **(more or {})}


def run_virtual(phone: str, *more: str | Path, **options: Any) -> Ended:
    """`diagnose run --simulated PHONE` with short latencies, in this process."""
    return diagnose_here("run", "--simulated", phone, "--scale", SCALE, *more, **options)


def run_virtual_alone(phone: str, *more: str | Path, **options: Any) -> Ended:
    """The same as a process of its own: what it starts, how it ends, what it leaves."""
    return diagnose("run", "--simulated", phone, "--scale", SCALE, *more, **options)
