"""`diagnose ticket`: a report or a case into a ticket system, exactly once."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import Function, WholeNumber, json_option, lang_option
from diagnose.model.plain import dataclass

if TYPE_CHECKING:
    from diagnose.case.record.events import Chain
    from diagnose.tickets.delivery import Delivery
    from diagnose.tickets.outbox import Outbox
    from diagnose.tickets.worker import Worker

NEWS_S = 30.0
"""How often `run --watch` looks at what happened to cases that were sent."""

PATIENCE_S = 60.0
"""How long a command that was told to wait waits for the next attempt."""


@dataclass(frozen=True)
class Counter:
    """One command: where the outbox is, and how to answer."""

    casebook: str | None
    as_json: bool
    lang: str

    def pick(self, en: str, zh: str) -> str:
        """One of two wordings."""
        return zh if self.lang == "zh-CN" else en

    @contextmanager
    def outbox(self) -> Iterator[Outbox]:
        """Open the outbox."""
        from diagnose.tickets.outbox import Outbox

        with Outbox.open(self.casebook) as outbox:
            yield outbox

    def chain(self, case: str) -> Chain:
        """Read everything of a case. Raises `UnknownName`."""
        from diagnose.cli.case.desk import Desk

        return Desk(self.casebook, "", as_json=self.as_json, lang=self.lang).chain(case)


def _options(function: Function) -> Function:
    """Add the options of every `ticket` command; they arrive together as `counter`."""

    def with_counter(
        *args: Any, casebook: str | None, as_json: bool, lang: str, **options: Any
    ) -> Any:
        return function(*args, counter=Counter(casebook, as_json, lang), **options)

    with_counter.__doc__ = function.__doc__
    wrapped: Any = with_counter
    for add in (_casebook_option, json_option, lang_option):
        wrapped = add(wrapped)
    own = getattr(function, "__click_params__", ())
    wrapped.__click_params__ = [*own, *wrapped.__click_params__]
    return wrapped  # type: ignore[no-any-return]


_casebook_option = click.option(
    "--casebook",
    metavar="FILE|URL",
    help="A SQLite file or postgresql://… (default: $DIAGNOSE_CASEBOOK, else this user's own).",
)
_cafile_option = click.option(
    "--cafile",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Trust the authorities of this file too (PEM).",
)


@click.group("ticket")
def command() -> None:
    """Hand reports and cases to a ticket system, each exactly once.

    A mapping (profiles/tickets/, or tickets/ in your configuration folder) says what goes where.
    """


@command.command("send")
@click.argument("target", metavar="REPORT|CASE")
@click.option("--system", required=True, help="The name or file of a mapping.")
@click.option("--wait", is_flag=True, help="Deliver it now.")
@_cafile_option
@_options
def send(counter: Counter, target: str, system: str, wait: bool, cafile: Path | None) -> int:
    """Put a REPORT (its folder or report.json) or a CASE into the outbox.

    Of a case that was sent before only what happened since is added, as notes.
    """
    with counter.outbox() as outbox:
        put = _put(counter, outbox, target, system)
        if wait:
            with _working(outbox, cafile) as worker:
                for delivery in put:
                    outbox.resume(delivery.system)  # now is now: perhaps it is there again
                    _follow(counter, worker.work(number=delivery.number, patience_s=PATIENCE_S))
        found = [outbox.read(delivery.number) for delivery in put]
    return _answer(counter, found, wait=wait)


@command.command("run")
@click.option("--system", help="Only this system.")
@click.option("--watch", is_flag=True, help="Keep running and deliver what comes.")
@_cafile_option
@_options
def run(counter: Counter, system: str | None, watch: bool, cafile: Path | None) -> int:
    """Deliver what is due, and what happened since to cases that were sent."""
    from diagnose.tickets.worker import POLL_S

    with counter.outbox() as outbox, _working(outbox, cafile) as worker:
        news = -NEWS_S
        while True:
            if time.monotonic() - news >= NEWS_S:
                _put_news(counter, outbox)
                news = time.monotonic()
            patience_s = POLL_S if watch else PATIENCE_S
            _follow(counter, worker.work(system=system, patience_s=patience_s))
            if not watch or worker.stop.wait(POLL_S):
                break
        found = outbox.deliveries(system=system)
        if worker.stop.is_set():
            return 130
    return _answer(counter, found, wait=True)


@command.command("outbox")
@click.option("--system", help="Only this system.")
@click.option("--all", "everything", is_flag=True, help="What was delivered too.")
@_options
def list_outbox(counter: Counter, system: str | None, everything: bool) -> None:
    """List what waits, what is dead, and which systems are left alone for now."""
    from diagnose.cli.ticket.view import delivery_json, delivery_line, in_language

    with counter.outbox() as outbox:
        found = outbox.deliveries(system=system, delivered=everything)
        pauses = outbox.pauses()
    if counter.as_json:
        paused = {
            name: {"until": until.isoformat(), "said": in_language(reason, counter.lang)}
            for name, (until, reason) in pauses.items()
        }
        listed = [delivery_json(delivery, counter.lang) for delivery in found]
        print_json({"deliveries": listed, "paused": paused})
        return
    for delivery in found:
        click.echo(delivery_line(delivery, counter.lang))
    for name, (until, reason) in pauses.items():
        at = f"{until.astimezone():%Y-%m-%d %H:%M:%S}"
        alone = counter.pick(f"{name} is left alone until {at}", f"{name} 暂停投递至 {at}")
        click.echo(f"{alone}: {in_language(reason, counter.lang)}")
    if not found:
        click.echo(counter.pick("nothing waits", "没有待投递的内容"), err=True)


@command.command("show")
@click.argument("number", type=WholeNumber())
@_options
def show(counter: Counter, number: int) -> None:
    """Tell the whole life of delivery NUMBER, with every attempt."""
    from diagnose.cli.ticket.view import (
        attempt_json,
        attempt_line,
        delivery_facts,
        delivery_json,
        delivery_line,
    )

    with counter.outbox() as outbox:
        delivery, attempts = outbox.read(number), outbox.attempts(number)
        content = outbox.content(number)
    if counter.as_json:
        document = delivery_json(delivery, counter.lang)
        document["attempts"] = [attempt_json(attempt, counter.lang) for attempt in attempts]
        document["fields"] = dict(content.fields) if content else None
        document["files"] = [file.name for file in content.files] if content else None
        print_json(document)
        return
    click.echo(delivery_line(delivery, counter.lang))
    for line in delivery_facts(delivery, counter.lang):
        click.echo(line)
    for attempt in attempts:
        click.echo(attempt_line(attempt, counter.lang))


@command.command("retry")
@click.argument("number", type=WholeNumber())
@_cafile_option
@_options
def retry(counter: Counter, number: int, cafile: Path | None) -> int:
    """Deliver NUMBER now, be it waiting or dead; its schedule begins again."""
    with counter.outbox() as outbox:
        outbox.revive(number)
        with _working(outbox, cafile) as worker:
            _follow(counter, worker.work(number=number, patience_s=PATIENCE_S))
        found = outbox.read(number)
    return _answer(counter, [found], wait=True)


@command.command("check")
@click.argument("system")
@_cafile_option
@_options
def check(counter: Counter, system: str, cafile: Path | None) -> int:
    """Look at the live SYSTEM: address, credentials, place, every mapped field, limits, rights."""
    from diagnose.cli.ticket.view import finding_json, finding_line
    from diagnose.tickets.checking import check_system
    from diagnose.tickets.mapping import load_mapping

    findings = list(check_system(load_mapping(system), cafile=cafile))
    if counter.as_json:
        print_json({"checks": [finding_json(finding, counter.lang) for finding in findings]})
    for finding in () if counter.as_json else findings:
        click.echo(finding_line(finding, counter.lang))
    return 1 if any(finding.ok is False for finding in findings) else 0


def _put(counter: Counter, outbox: Outbox, target: str, system: str) -> list[Delivery]:
    from diagnose.tickets.mapping import load_mapping
    from diagnose.tickets.sending import put_case, put_report

    mapping = load_mapping(system)
    if Path(target).exists():
        from diagnose.jobs.report_files import load_report

        return put_report(outbox, mapping, load_report(Path(target)), counter.lang)
    return put_case(outbox, mapping, counter.chain(target), counter.lang)


def _put_news(counter: Counter, outbox: Outbox) -> None:
    from diagnose.tickets.mapping import load_mapping
    from diagnose.tickets.sending import follow_cases

    for case, problem in follow_cases(outbox, load_mapping, counter.chain, counter.lang):
        click.echo(f"{case}: {problem.message}", err=True)


@contextmanager
def _working(outbox: Outbox, cafile: Path | None) -> Iterator[Worker]:
    """Give a worker that ends between two requests when it is asked to."""
    from diagnose.tickets.mapping import load_mapping
    from diagnose.tickets.worker import Worker

    with Worker(outbox, load_mapping, cafile=cafile) as worker:
        signals = (signal.SIGINT, signal.SIGTERM)
        before = {one: signal.signal(one, lambda *_: worker.stop.set()) for one in signals}
        try:
            yield worker
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def _follow(counter: Counter, done: Iterator[Delivery]) -> None:
    from diagnose.cli.ticket.view import delivery_line

    for delivery in done:
        click.echo(delivery_line(delivery, counter.lang), err=True)


def _answer(counter: Counter, found: Sequence[Delivery], *, wait: bool) -> int:
    """Say how far they came: 5 where one was to be delivered and was not."""
    from diagnose.cli.ticket.view import delivery_json, delivery_line
    from diagnose.tickets.delivery import DeliveryState

    if counter.as_json:
        print_json({"deliveries": [delivery_json(one, counter.lang) for one in found]})
    elif not wait:
        for delivery in found:
            click.echo(delivery_line(delivery, counter.lang))
    dead = sum(one.state is DeliveryState.DEAD for one in found)
    waiting = sum(one.state is DeliveryState.WAITING for one in found)
    if dead or (wait and waiting):
        summary = counter.pick(f"{waiting} wait, {dead} dead", f"等待 {waiting}，已停止 {dead}")
        click.echo(f"{summary}: diagnose ticket outbox", err=True)
        return 5
    return 0
