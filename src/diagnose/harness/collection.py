"""Which tests there are: every probe of the plan on every phone, and every capture."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from diagnose.harness.examined import ROOT, Examined, HarnessSettings, folder_name
from diagnose.model.labels import unique_labels

if TYPE_CHECKING:
    from diagnose import api
    from diagnose.run.plan import Plan


class Collection:
    """The part of the plugin that is there when phones or captures are to be tested."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.option = config.option
        self.stack = ExitStack()

    # --- the phones ---

    @cached_property
    def labels(self) -> list[str]:
        """The names of the phones, in the order in which they were given."""
        return list(self._phones)

    def examined(self, label: str) -> Examined:
        """One phone by its name."""
        return self._phones[label]

    @cached_property
    def _phones(self) -> dict[str, Examined]:
        named = list(self.option.diagnose_device)
        public = [(name, _shown(name)) for name in named]
        if self.option.diagnose_all:
            public += list(_attached())
        labels = unique_labels([label for _, label in public])
        return {
            label: Examined(
                name=name,
                label=label,
                settings=self._settings,
                folder=self._out / folder_name(label),
                server=lambda: self._server.address,
                stack=self.stack,
            )
            for (name, _), label in zip(public, labels, strict=True)
        }

    @cached_property
    def _settings(self) -> HarnessSettings:
        option = self.option
        return HarnessSettings(
            plan=option.diagnose_plan,
            probe_dirs=tuple(option.diagnose_probe_dir),
            profile_dirs=tuple(option.diagnose_profile_dir),
            wait_boot_s=option.diagnose_wait_boot,
        )

    @cached_property
    def _server(self) -> api.PrivateServer:
        """Virtual phones hang on a server of the session: the developer's is not touched."""
        from diagnose.api import PrivateServer

        return self.stack.enter_context(PrivateServer())

    @property
    def _out(self) -> Path:
        """Where the evidence of this session goes; the controller of xdist names it for all."""
        shared = getattr(self.config, "workerinput", {}).get("diagnose_out")
        return Path(shared) if shared else self._own_out

    @cached_property
    def _own_out(self) -> Path:
        if self.option.diagnose_out:
            base = self.config.invocation_params.dir / self.option.diagnose_out
        else:
            cache: pytest.Cache | None = getattr(self.config, "cache", None)
            base = cache.mkdir("diagnose") if cache else Path(tempfile.gettempdir())
        base.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="run-", dir=base))

    # --- pytest ---

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, Any, pytest.CollectReport]:
        """Put our tests beside those of the files."""
        report: pytest.CollectReport = yield
        if isinstance(collector, pytest.Session) and report.passed:
            ours = PhoneTests.from_parent(collector, name=ROOT, nodeid=ROOT, collection=self)
            report.result = [*report.result, ours]
        return report

    def collect(self, parent: pytest.Collector) -> Iterator[pytest.Item]:
        """Make the items: phone by phone, so that a run of one is not between those of another."""
        if self._phones:
            yield from self._collect_phones(parent)
        if self.option.diagnose_captures:
            from diagnose.harness.captures import collect_captures

            yield from collect_captures(parent, self.option, self._settings)

    def _collect_phones(self, parent: pytest.Collector) -> Iterator[pytest.Item]:
        from diagnose.harness.items import VERDICT, ProbeItem, VerdictItem

        plan = self._plan()
        strict = self.option.diagnose_strict
        for phone in self._phones.values():
            for probe in plan.probes:
                item = ProbeItem.from_parent(parent, phone=phone, probe=probe, strict=strict)
                item.add_marker(
                    pytest.mark.diagnose(
                        area=probe.partition(".")[0],
                        device=phone.label,
                        required=probe in plan.required,
                    )
                )
                yield item
            verdict = VerdictItem.from_parent(
                parent, phone=phone, probe=VERDICT, told=frozenset(plan.probes)
            )
            verdict.add_marker(pytest.mark.diagnose(area="run", device=phone.label, required=True))
            yield verdict

    def _plan(self) -> Plan:
        from diagnose.jobs.settings import RunWish, settle
        from diagnose.model.requests import Channel

        settings = self._settings
        wish = RunWish(
            plan=settings.plan,
            probe_dirs=tuple(map(Path, settings.probe_dirs)),
            profile_dirs=tuple(map(Path, settings.profile_dirs)),
        )
        return settle(wish).plan.on({Channel.ADB, Channel.HOST})

    def pytest_unconfigure(self) -> None:
        """Take virtual phones and the server away."""
        self.stack.close()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker of xdist where the evidence of all goes."""
        node.workerinput["diagnose_out"] = str(self._out)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        """Keep the tests of a phone on one worker; everything else is spread as ever."""
        if config.getvalue("dist") in ("each", "loadgroup") or not self.labels:
            return None
        from diagnose.harness.scheduling import by_phone

        return by_phone(config, log, self.labels)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Name each phone, what it comes to, and where its files are."""
        lines = list(_verdicts(terminalreporter))
        if lines:
            terminalreporter.section("diagnose")
            for line in lines:
                terminalreporter.write_line(line)
            terminalreporter.write_line(f"reports, pages and captures: {self._out}")


class PhoneTests(pytest.Collector):
    """The node under which all our tests stand."""

    def __init__(self, *, collection: Collection, **more: Any) -> None:
        super().__init__(**more)
        self.collection = collection

    def collect(self) -> Iterator[pytest.Item]:
        """Give every test."""
        return self.collection.collect(self)


def _verdicts(terminalreporter: Any) -> Iterator[str]:
    seen = set()
    for reports in terminalreporter.stats.values():
        for report in reports:
            properties = dict(getattr(report, "user_properties", ()))
            if "diagnose.exit_status" in properties and report.nodeid not in seen:
                seen.add(report.nodeid)
                yield f"{properties['diagnose.exit_status']}  {properties['diagnose.device']}"


def _attached() -> Iterator[tuple[str, str]]:
    """Every attached phone, ready or not: one that is not becomes errors, never silence."""
    from diagnose.api import devices
    from diagnose.jobs.naming import public_label

    for device in devices():
        yield device.serial, public_label(device)


def _shown(name: str) -> str:
    """What the tests of a phone are called: a phone's own serial number is masked."""
    from diagnose.discovery.faces import Connection, Device
    from diagnose.harness.examined import VIRTUAL
    from diagnose.jobs.naming import public_label
    from diagnose.ladder.state import State

    if name.startswith(VIRTUAL):
        return name
    connection: Connection = "tcp" if ":" in name else "usb"
    if name.startswith("emulator-"):
        connection = "emulator"
    return public_label(Device(name, State.DEVICE, connection=connection))
