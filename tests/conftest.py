"""Fixtures for everything that needs a real adb server and virtual phones behind it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent.parent))  # tests import `tests.adbserver`

from tests.adbserver import AdbServer, end_servers, free_port
from tests.thinning import examples

from diagnose.simulator.wire.daemon import Daemon

Attach = Callable[..., str]

# Hundreds of processes start here. Where bytecode is not kept (PYTHONDONTWRITEBYTECODE, as
# containers set it) each compiles the whole program, and each worker rewrites every test.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Under nohup, or in the background of a script, these are ignored, and every process we start
# would inherit that: tests send them.
for name in ("SIGHUP", "SIGINT", "SIGQUIT"):
    number = getattr(signal, name, None)
    if number and signal.getsignal(number) is signal.SIG_IGN:
        usual = signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
        signal.signal(number, usual)

# The same examples in every run, and no verdict by the clock of a machine that others use too.
settings.register_profile("tests", deadline=None, derandomize=True, max_examples=examples(100))
settings.load_profile("tests")


def pytest_xdist_auto_num_workers() -> int:
    """Two a core: many tests wait for a wire or for a process. Each has to load all the tests."""
    return min(6, 2 * (os.cpu_count() or 1))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden`: write the expected pages of `tests/report/golden` anew."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session", autouse=True)
def station_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A station of its own: the user's secret, settings and cases are neither read nor made.

    Nor is his adb server met: a command that starts one does it at another port.
    """
    port = free_port()
    own = {
        "ANDROID_ADB_SERVER_PORT": str(port),
        "DIAGNOSE_CONFIG": str(tmp_path_factory.mktemp("config")),
        "DIAGNOSE_DATA": str(tmp_path_factory.mktemp("data")),
        "DIAGNOSE_SHOP": "example-shenzhen",
    }
    with mock.patch.dict(os.environ, own):
        yield
    end_servers(port)


@pytest.fixture(scope="session")
def adb_server() -> Iterator[AdbServer]:
    """A private adb server; `ANDROID_ADB_SERVER_PORT` leads every client of the session to it."""
    server = AdbServer()
    before = os.environ.get("ANDROID_ADB_SERVER_PORT")
    os.environ["ANDROID_ADB_SERVER_PORT"] = str(server.port)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        os.environ.pop("ANDROID_ADB_SERVER_PORT")
        if before is not None:
            os.environ["ANDROID_ADB_SERVER_PORT"] = before


@pytest.fixture
def attach(adb_server: AdbServer) -> Iterator[Attach]:
    """Connect a daemon (started here if need be): `attach(daemon, state="device") -> serial`."""
    with ExitStack() as stack:

        def connect(daemon: Daemon, state: str = "device") -> str:
            if not daemon.is_running:
                stack.enter_context(daemon)
            return stack.enter_context(adb_server.attached(daemon, state))

        yield connect


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the figures that tests counted (`record_property("figures", …)`), from any worker."""
    passed = terminalreporter.getreports("passed")
    figures = [value for r in passed for name, value in r.user_properties if name == "figures"]
    for figure in dict.fromkeys(figures):
        terminalreporter.write_line(f"counted: {figure}")
