"""Whether two reports are of one phone: by model, serial hash and board. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from diagnose.knowledge.probes import measures_known
from diagnose.model.report import Ended, Report
from diagnose.model.text import Text


def other_phone(before: Report, after: Report) -> tuple[Text, ...]:
    """Name what tells that the second report is of another phone; empty: nothing does.

    What was not read on one of the two sides says nothing.
    """
    return tuple(_differences(before, after))


def _differences(before: Report, after: Report) -> Iterator[Text]:
    old, new = before.device, after.device
    if old.model and new.model and old.model != new.model:
        yield Text(f"model {old.model}, now {new.model}", f"型号 {old.model}，现为 {new.model}")
    if old.serial_hash and new.serial_hash and old.serial_hash != new.serial_hash:
        shown = f"{old.serial_masked or '?'} / {new.serial_masked or '?'}"
        yield Text(f"another serial number ({shown})", f"序列号不同（{shown}）")
    olds, news = _board(before), _board(after)
    for name in olds.keys() & news.keys():
        if olds[name] != news[name]:
            what = _board_signs()[name]
            yield Text(
                f"{what.en} {olds[name]}, now {news[name]}",
                f"{what.zh} {olds[name]}，现为 {news[name]}",
            )


def _board(report: Report) -> dict[str, str]:
    """The board's own words; a run that was cut off may have read another source of them."""
    if is_partial(report):
        return {}
    return {
        m.id: str(m.value)
        for result in report.results
        for m in result.measurements
        if m.id in _board_signs() and m.value is not None and not m.simulated
    }


@cache
def _board_signs() -> Mapping[str, Text]:
    """The measurements whose other value shows another phone, and what each is called."""
    signs = ((name, spec.sign) for name, spec in measures_known().items())
    return {name: sign.of_phone for name, sign in signs if sign and sign.of_phone}


def is_partial(report: Report) -> bool:
    """Whether the run did not come to its end: lost, cancelled, or a part was unreadable."""
    return report.summary.ended is not Ended.COMPLETE
