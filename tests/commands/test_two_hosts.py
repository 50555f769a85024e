"""The phones of another computer: its adb server, over a network of our own (`ip netns`)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest
from tests.adbserver import adb_program, wait_until
from tests.commandline import SCALE, diagnose, environment

from diagnose.transports.adb.host import Address, server_version

OURS, THEIRS = "10.231.77.1", "10.231.77.2"
PORT = 7037
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        os.name != "posix" or os.geteuid() != 0 or not shutil.which("ip"),
        reason="a network namespace needs root and iproute2",
    ),
]


@dataclass(frozen=True)
class Host:
    """Another computer: its name as a namespace, and the phone on its adb server."""

    name: str
    serial: str = ""

    def command(self, *words: str) -> list[str]:
        return ["ip", "netns", "exec", self.name, *words]


@contextmanager
def _network() -> Iterator[Host]:
    name, near, far = (f"{word}{os.getpid()}" for word in ("diag", "dn", "df"))
    try:
        _ip("netns", "add", name)
    except subprocess.CalledProcessError as problem:
        pytest.skip(f"no network namespace here: {problem.stderr.decode()[:80]}")
    try:
        _ip("link", "add", near, "type", "veth", "peer", "name", far, "netns", name)
        _ip("addr", "add", f"{OURS}/24", "dev", near)
        _ip("link", "set", near, "up")
        for words in (("addr", "add", f"{THEIRS}/24", "dev", far), ("link", "set", far, "up")):
            _ip("-n", name, *words)
        _ip("-n", name, "link", "set", "lo", "up")
        yield Host(name)
    finally:
        subprocess.run(["ip", "link", "del", near], check=False, capture_output=True)
        _ip("netns", "del", name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """A computer with an adb server that others may ask, and a virtual phone on it."""
    with ExitStack() as stack:
        there = stack.enter_context(_network())
        home = stack.enter_context(tempfile.TemporaryDirectory())
        env = {**os.environ, "HOME": home, "ADB_LIBUSB": "0", "ADB_MDNS": "0"}
        adb = (adb_program(), "-P", str(PORT))
        stack.enter_context(_running(there.command(*adb, "-a", "server", "nodaemon"), env))
        wait_until(_answers, 20, "the adb server over there does not answer")
        words = (sys.executable, "-m", "diagnose", "simulate", "pixel-9", "--scale", SCALE)
        phone = stack.enter_context(_running(there.command(*words), environment(env)))
        assert phone.stdout
        found = re.search(r"connect (\S+)", phone.stdout.readline())
        assert found
        connect = there.command(*adb, "connect", found[1])
        subprocess.run(connect, env=env, check=True, capture_output=True)
        yield Host(there.name, found[1])


@contextmanager
def _running(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def _answers() -> bool:
    try:
        return server_version(Address(THEIRS, PORT)) > 0
    except Exception:  # noqa: BLE001 - it is only starting
        return False


def test_the_phones_of_another_host_are_listed_and_examined(host: Host) -> None:
    there = f"{THEIRS}:{PORT}"
    listed = diagnose("devices", "--adb-server", there, "--json")
    assert [one["serial"] for one in listed.json["devices"]] == [host.serial]
    asked = diagnose("run", "--plan", "canary", "--adb-server", there, "--json")
    assert (asked.status, asked.json["summary"]["outcome"]) == (0, "pass"), asked.err
    env = {"ADB_SERVER_SOCKET": f"tcp:{there}"}
    named = diagnose("run", "--all", "--plan", "canary", "--json", env=env)
    assert (named.status, len(named.json["phones"])) == (0, 1), named.err


def test_a_host_that_does_not_answer_is_one_line_and_a_hint(host: Host) -> None:
    ended = diagnose("run", "--adb-server", f"{THEIRS}:{PORT + 1}")
    assert ended.status == 4
    assert f"{THEIRS}:{PORT + 1}" in ended.err
    assert len(ended.err.splitlines()) == 2
