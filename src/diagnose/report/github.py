"""What GitHub Actions shows of a run: annotations in the log, and the summary of the step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diagnose.model.labels import unique_labels
from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.report import Report, verdict_of
from diagnose.model.result import ProbeResult
from diagnose.text import printable

_LONGEST = 500
_MOST_ROWS = 200


def workflow_commands(
    reports: Sequence[Report], unexamined: Sequence[tuple[str, str]] = ()
) -> Iterator[str]:
    """Give workflow commands: an error for each ground of a verdict, a warning for attention.

    `unexamined` are phones without a report, each by its name and the reason.
    """
    for report, label in zip(reports, _labels(reports, unexamined), strict=False):
        words = {result.probe: _words(result) for result in report.results}
        for reason in verdict_of(report).reasons:
            about = ": ".join(filter(None, (reason.about, words.get(reason.about, ""))))
            text = ": ".join(filter(None, (reason.text.en, about)))
            yield _command("error", f"{label} {reason.about or reason.ground.value}", text)
        for result in report.results:
            if result.outcome is Outcome.ATTENTION:
                yield _command("warning", f"{label} {result.probe}", _words(result))
    for label, why in unexamined:
        yield _command("error", label, f"not examined: {why}")


def step_summary(reports: Sequence[Report], unexamined: Sequence[tuple[str, str]] = ()) -> str:
    """Write the summary as Markdown: a row for each phone, then what was found."""
    rows = ["| phone | build | tested | status | verdict |", "|---|---|---|---|---|"]
    found = []
    for report, label in zip(reports, _labels(reports, unexamined), strict=False):
        verdict, coverage = verdict_of(report), report.coverage
        summary = "; ".join(dict.fromkeys(r.text.en for r in verdict.reasons)) or "no fault found"
        tested = f"{coverage.answered}/{coverage.asked}"
        cells = (label, report.device.build, tested, str(verdict.exit_status), summary)
        rows.append("| " + " | ".join(map(_cell, cells)) + " |")
        found += [_found(label, result) for result in report.results if _tells(result)]
    rows += [
        "| " + " | ".join(map(_cell, (label, "", "0", "4", f"not examined: {why}"))) + " |"
        for label, why in unexamined
    ]
    more = [f"- … {len(found) - _MOST_ROWS} more"] if len(found) > _MOST_ROWS else []
    return "\n".join(["## diagnose", "", *rows, "", *found[:_MOST_ROWS], *more]).rstrip() + "\n"


def _labels(reports: Sequence[Report], unexamined: Sequence[tuple[str, str]]) -> list[str]:
    return unique_labels([r.device.label for r in reports] + [name for name, _ in unexamined])


def _tells(result: ProbeResult) -> bool:
    return result.outcome in (Outcome.FAIL, Outcome.ATTENTION, Outcome.ERROR)


def _found(label: str, result: ProbeResult) -> str:
    symbol = OUTCOMES[result.outcome].symbol
    return f"- {symbol} {_cell(label)} {_cell(result.probe)}: {_cell(_words(result))}"


def _words(result: ProbeResult) -> str:
    if result.error:
        return result.error.message
    return " ".join(f.text.en for f in result.findings) or result.detail or result.title.en


def _cell(text: str) -> str:
    """Write a stranger's words so that Markdown and HTML see words."""
    line = printable(text, _LONGEST)
    for sign in "\\`*_{}[]<>|#!&":
        line = line.replace(sign, f"\\{sign}" if sign not in "<>&" else f"&#{ord(sign)};")
    return line


def _command(kind: str, title: str, text: str) -> str:
    """Write a workflow command; what would end it early is escaped."""
    return f"::{kind} title={_property(title)}::{_data(text)}"


def _data(text: str) -> str:
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    escaped = cut.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(escaped, 3 * _LONGEST)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
