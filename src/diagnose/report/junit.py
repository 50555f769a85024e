"""JUnit: what CI reads. One test case a probe; what was not tested is `skipped`, never passed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.model.result import ProbeResult

# XML 1.0 has no way to write these characters, not even escaped.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(reports: Sequence[Report]) -> str:
    """Render one test suite a phone."""
    root = Element("testsuites", name="diagnose")
    for report in reports:
        _add_suite(root, report)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _add_suite(root: Element, report: Report) -> None:
    counts = report.summary.counts
    device = report.device
    suite = SubElement(
        root,
        "testsuite",
        name=_xml(f"{device.brand} {device.model} {device.serial_masked}".strip() or "phone"),
        tests=str(len(report.results)),
        failures=str(counts.get(Outcome.FAIL, 0)),
        errors=str(counts.get(Outcome.ERROR, 0)),
        skipped=str(counts.get(Outcome.NOT_RUN, 0) + counts.get(Outcome.NOT_APPLICABLE, 0)),
        timestamp=report.created_at.isoformat(timespec="seconds"),
        time=f"{max((r.duration_ms for r in report.results), default=0) / 1000:.3f}",
    )
    for result in report.results:
        _add_case(suite, result)


def _add_case(suite: Element, result: ProbeResult) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=result.area,
        name=result.probe,
        time=f"{result.duration_ms / 1000:.3f}",
    )
    words = _xml("; ".join(finding.text.en for finding in result.findings))
    if result.outcome is Outcome.FAIL:
        SubElement(case, "failure", message=words or result.title.en).text = _xml(_values(result))
    elif result.outcome is Outcome.ERROR and result.error:
        problem = SubElement(case, "error", message=_xml(result.error.message))
        problem.text = _xml(result.error.traceback)
    elif result.outcome in (Outcome.NOT_RUN, Outcome.NOT_APPLICABLE):
        why = result.reason.value if result.reason else result.outcome.value
        SubElement(case, "skipped", message=_xml(f"{why}: {result.detail}".rstrip(": ")))
    else:
        SubElement(case, "system-out").text = _xml(f"{result.outcome.value}\n{words}".strip())


def _values(result: ProbeResult) -> str:
    return "\n".join(
        f"{m.id} = {m.value} {m.unit.value} ({m.outcome.value})" for m in result.measurements
    )


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
