"""What a person sees while phones are read: a bar on a terminal, and what must be said."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from diagnose.jobs.events import Changed, Event, Finished, Replied, Subscriber, WatchBegins
from diagnose.text import printable


@contextmanager
def progress(total: int, *, several: bool) -> Iterator[Subscriber]:
    """Give what takes the events of a run: a bar of `total` steps on a terminal's standard error.

    Where that is piped, only what must be said is written.
    """
    if not sys.stderr.isatty():
        yield _subscriber(lambda: None, lambda line: click.echo(line, err=True), several=several)
        return
    from rich import progress as bars
    from rich.console import Console

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
    )
    bar = bars.Progress(*columns, console=console, transient=True)
    task = bar.add_task("reading the phone", total=total)

    def show(event: Event) -> None:
        bar.start()  # with the first event: its thread must not be there when workers are forked
        take(event)

    take = _subscriber(lambda: bar.advance(task), console.print, several=several)
    try:
        yield show
    finally:
        bar.stop()


def _subscriber(
    advance: Callable[[], None], say: Callable[[str], object], *, several: bool
) -> Subscriber:
    def take(event: Event) -> None:
        who = f"{printable(event.phone, 60)}: " if several else ""
        match event:
            case Replied():
                advance()
            case Changed(state=state):
                say(f"{who}the phone is now: {state} / 手机状态变为：{state}")
            case WatchBegins(seconds=seconds):
                say(f"{who}hands off for {seconds:.0f} s: screen on, at rest, nobody touches it")
                say(f"{who}请勿触碰手机：亮屏静置 {seconds:.0f} 秒")
            case Finished(problem=problem) if problem and several:
                say(f"diagnose: {who}{problem}")

    return take
