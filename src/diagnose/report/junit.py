"""JUnit: what CI reads. One test case a probe; what was not tested is `skipped`, never passed.

Failures and errors follow from the verdict of the report (`model.verdict`): there is a failure
exactly where the phone is faulty, and an error exactly where the run is incomplete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from diagnose.model.criterion import Criterion, OneOf
from diagnose.model.labels import unique_labels
from diagnose.model.outcome import Outcome
from diagnose.model.report import Report, verdict_of
from diagnose.model.result import Measurement, ProbeResult
from diagnose.model.verdict import APP, CAUSES, GROUNDS, READING, VerdictReason
from diagnose.text import without_controls

# XML 1.0 has no way to write these characters, not even escaped.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(reports: Sequence[Report], unexamined: Sequence[tuple[str, str]] = ()) -> str:
    """Render one test suite a phone; ids of test cases are unique over all of them.

    `unexamined` are phones without a report, each by its name and the reason.
    """
    root = Element("testsuites", name="diagnose")
    named = [report.device.label for report in reports] + [name for name, _ in unexamined]
    labels = iter(unique_labels(named))
    for report in reports:
        _add_suite(root, report, next(labels))
    for _, why in unexamined:
        _add_unexamined(root, next(labels), why)
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _add_unexamined(root: Element, label: str, why: str) -> None:
    suite = SubElement(root, "testsuite", name=_xml(label), time="0.000")
    for name, count in {"tests": 1, "failures": 0, "errors": 1, "skipped": 0}.items():
        suite.set(name, str(count))
    where = _xml(f"diagnose.{label}.run")
    case = SubElement(suite, "testcase", classname=where, name=READING, time="0.000")
    SubElement(case, "error", message=_xml(f"not examined: {why}"), type="not_examined")


def _add_suite(root: Element, report: Report, label: str) -> None:
    suite = SubElement(
        root,
        "testsuite",
        name=_xml(label),
        timestamp=report.created_at.isoformat(timespec="seconds"),
        time=f"{max((r.duration_ms for r in report.results), default=0) / 1000:.3f}",
    )
    _add_properties(suite, report)
    verdict = verdict_of(report)
    for case, result in _cases(report):
        element = SubElement(
            suite,
            "testcase",
            classname=_xml(f"diagnose.{label}.{case.partition('.')[0]}"),
            name=_xml(case),
            time=f"{(result.duration_ms if result else 0) / 1000:.3f}",
        )
        _fill(element, result, verdict.carried_by(case))
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for count, name in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(sum(case.find(name) is not None for case in cases)))


def _cases(report: Report) -> Iterator[tuple[str, ProbeResult | None]]:
    """Every test case: the probes, then those of the run itself, the same in every run."""
    yield from ((result.probe, result) for result in report.results)
    yield from ((case, None) for case in (READING, CAUSES, *((APP,) if report.app else ())))


def _add_properties(suite: Element, report: Report) -> None:
    device = report.device
    attached = device.attachments[0] if device.attachments else None
    values = {
        "brand": device.brand,
        "model": device.model,
        "os_version": device.os_version,
        "build": device.build,
        "serial": attached.serial if attached else "",
        "port": attached.port if attached else "",
        "serial_masked": device.serial_masked,
        "simulated": str(device.simulated).lower(),
        "plan": report.plan.name,
        "profile": report.profile.id,
        "tool": f"{report.tool.name} {report.tool.version}",
        "report_id": report.report_id,
        "digest": report.digest,
        "coverage": f"{report.coverage.answered}/{report.coverage.asked}",
        "exit_status": str(verdict_of(report).exit_status),
    }
    properties = SubElement(suite, "properties")
    for name, value in values.items():
        SubElement(properties, "property", name=name, value=_xml(value))


def _fill(case: Element, result: ProbeResult | None, reasons: Sequence[VerdictReason]) -> None:
    for reason in reasons[:1]:
        kind = GROUNDS[reason.ground].junit
        words = _words(result) if result else reason.about
        message = ": ".join(filter(None, (reason.text.en, words)))
        element = SubElement(case, kind, message=_xml(message), type=reason.ground.value)
        element.text = _xml(evidence_of(result) if result else _listed(reasons))
    if reasons or result is None:
        return
    if result.outcome in (Outcome.NOT_RUN, Outcome.NOT_APPLICABLE):
        SubElement(case, "skipped", message=_xml(why_not_run(result)))
    else:
        SubElement(case, "system-out").text = _xml(
            f"{result.outcome.value}\n{_words(result)}".strip()
        )


def _listed(reasons: Sequence[VerdictReason]) -> str:
    return "\n".join(f"{reason.text.en}: {reason.about}".rstrip(": ") for reason in reasons)


def why_not_run(result: ProbeResult) -> str:
    """Say why a probe gave no answer, the contract's word first."""
    why = result.reason.value if result.reason else result.outcome.value
    return f"{why}: {result.detail}".rstrip(": ")


def _words(result: ProbeResult) -> str:
    if result.error:
        return result.error.message
    if result.outcome is Outcome.NOT_RUN:
        return why_not_run(result)
    return "; ".join(finding.text.en for finding in result.findings) or result.title.en


def evidence_of(result: ProbeResult) -> str:
    """Every value with its limit, the limit's source and the words it was read from."""
    if result.error:
        return result.error.traceback
    return "\n".join(_evidence(measurement) for measurement in result.measurements)


def _evidence(measurement: Measurement) -> str:
    lines = [
        f"{measurement.id} = {measurement.value} {measurement.unit.value}".rstrip()
        + f" ({measurement.outcome.value})"
    ]
    if measurement.criterion:
        source = measurement.criterion.source
        bounds = ", ".join(_bounds(measurement.criterion))
        lines.append(f"  limit: {bounds} [{source.basis.value}: {source.text}]")
    lines += [f"  {e.request}, line {e.line}: {e.raw}" for e in measurement.evidence if e.raw]
    return "\n".join(lines)


def _bounds(criterion: Criterion) -> Iterator[str]:
    """Write a limit's bounds: `fail below 80`, `good: green`."""
    if isinstance(criterion, OneOf):
        for name in ("good", "attention", "fail"):
            if words := getattr(criterion, name):
                yield f"{name}: {' | '.join(map(str, words))}"
        return
    for name in ("fail_below", "attention_below", "attention_above", "fail_above"):
        bound = getattr(criterion, name)
        if bound is not None:
            yield f"{name.replace('_', ' ')} {bound:g}"


def _xml(text: str) -> str:
    """Text as the other views show it, and without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", without_controls(text))
