"""What pytest loads: options, and fixtures that import the rest when they are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from diagnose.api import Address, Report, VirtualPhone

_MARKERS = (
    "diagnose(area, device, required): a probe on a phone, or a capture (made by diagnose)",
    'virtual_phone(specification): which phone that fixture is, "galaxy-s23+battery-worn"',
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Name the options; nothing of `diagnose` is loaded for it."""
    group = parser.getgroup("diagnose", "phones as tests (diagnose)")
    group.addoption(
        "--diagnose-device",
        action="append",
        default=[],
        metavar="SERIAL|virtual:PHONE+FAULT",
        help="Run every probe of the plan on this phone, a test each; may be given several times.",
    )
    group.addoption("--diagnose-all", action="store_true", help="On every attached phone.")
    group.addoption(
        "--diagnose-plan",
        default="ci",
        metavar="NAME|FILE.toml",
        help="Which probes (default: ci).",
    )
    group.addoption(
        "--diagnose-strict", action="store_true", help="What needs attention fails as well."
    )
    group.addoption(
        "--diagnose-out",
        metavar="DIR",
        help="Where report, page and capture of each phone go (default: in pytest's cache).",
    )
    group.addoption(
        "--diagnose-probe-dir", action="append", default=[], metavar="DIR", help="More probes."
    )
    group.addoption(
        "--diagnose-profile-dir", action="append", default=[], metavar="DIR", help="More profiles."
    )
    group.addoption(
        "--diagnose-wait-boot",
        type=float,
        metavar="SECONDS",
        help="Wait so long until a phone is there and has finished starting.",
    )
    group.addoption(
        "--diagnose-captures",
        metavar="DIR",
        help="Judge every capture below DIR again and compare with its golden.json.",
    )


def pytest_load_initial_conftests(parser: pytest.Parser, args: list[str]) -> None:
    """Add `--update-golden` where captures are judged: elsewhere the name is everybody's."""
    if any(word.partition("=")[0] == "--diagnose-captures" for word in args):
        parser.addoption(
            "--update-golden", action="store_true", help="Write the golden reports anew."
        )


def pytest_configure(config: pytest.Config) -> None:
    """Load the rest where an option asks for it."""
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)
    option = config.option
    if option.diagnose_device or option.diagnose_all or option.diagnose_captures:
        from diagnose.harness.collection import Collection

        config.pluginmanager.register(Collection(config), "diagnose-collection")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes the phone once for each phone that was named."""
    if "_diagnose_label" not in metafunc.fixturenames:  # a `device` of the user's own is his
        return
    collection = metafunc.config.pluginmanager.getplugin("diagnose-collection")
    labels = collection.labels if collection else []
    metafunc.parametrize("_diagnose_label", labels or [None], ids=labels or ["no-phone"])


@pytest.fixture
def _diagnose_label(request: pytest.FixtureRequest) -> str | None:
    """The phone of this test, by its name; set for each by `pytest_generate_tests`."""
    return str(request.param) if getattr(request, "param", None) is not None else None


@pytest.fixture
def device(request: pytest.FixtureRequest, _diagnose_label: str | None) -> str:
    """The serial by which adb knows the phone of `--diagnose-device` or `--diagnose-all`."""
    collection = request.config.pluginmanager.getplugin("diagnose-collection")
    if collection is None or _diagnose_label is None:
        pytest.skip("no phone: give --diagnose-device or --diagnose-all")
    serial: str = collection.examined(_diagnose_label).serial()
    return serial


@pytest.fixture
def diagnose_report(request: pytest.FixtureRequest, _diagnose_label: str | None) -> Report:
    """The report of that phone, with the plan of `--diagnose-plan`; one run for all tests."""
    collection = request.config.pluginmanager.getplugin("diagnose-collection")
    if collection is None or _diagnose_label is None:
        pytest.skip("no phone: give --diagnose-device or --diagnose-all")
    report: Report = collection.examined(_diagnose_label).report()
    return report


@pytest.fixture(scope="session")
def adb_server() -> Iterator[Address]:
    """The address of an adb server that is this session's alone, on a port of its own."""
    from diagnose.api import PrivateServer

    with PrivateServer() as server:
        yield server.address


@pytest.fixture
def virtual_phone(
    request: pytest.FixtureRequest, virtual_phone_factory: Callable[[str], VirtualPhone]
) -> Iterator[VirtualPhone]:
    """A virtual phone for one test: `pixel-9`, or that of the marker `virtual_phone`."""
    marker = request.node.get_closest_marker("virtual_phone")
    phone = virtual_phone_factory(*(marker.args if marker else ("pixel-9",)))
    yield phone
    phone.__exit__(None, None, None)


@pytest.fixture(scope="session")
def virtual_phone_factory(adb_server: Address) -> Iterator[Callable[[str], VirtualPhone]]:
    """Start virtual phones on the session's own adb server: `factory("pixel-9+battery-worn")`.

    They live until the session ends.
    """
    from contextlib import ExitStack

    from diagnose.api import VirtualPhone

    with ExitStack() as stack:
        yield lambda text: stack.enter_context(VirtualPhone(text, server=adb_server))
