"""A small shop: reports, quotes and cases made of the same models the program uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from diagnose.case.record import entries
from diagnose.case.record.events import Chain, Entry, make_event, make_head
from diagnose.case.record.reading import read_case
from diagnose.case.record.store import Casebook
from diagnose.case.rules import changes, page
from diagnose.case.rules.decision import CustomerAnswers, decide, state
from diagnose.case.rules.handover import COMPLAINT, CustomerWord, accept
from diagnose.case.rules.repair import Done, record_work
from diagnose.errors import Reason
from diagnose.model.case import Case
from diagnose.model.consent import Statement
from diagnose.model.criterion import Value
from diagnose.model.digest import digest_of
from diagnose.model.fault import Confidence, Fault, FaultEvidence, FaultKind
from diagnose.model.intake import Contact, Identifiers, Intake
from diagnose.model.outcome import Outcome
from diagnose.model.quote import DataRisk, ItemKind, PartCondition, Quote, QuoteItem, Shop
from diagnose.model.report import (
    CaptureReference,
    DeviceIdentity,
    Ended,
    PlanReference,
    Privacy,
    ProfileReference,
    Report,
    Tool,
    cover,
    summarise,
)
from diagnose.model.result import About, Finding, Measurement, ProbeResult
from diagnose.model.text import Text
from diagnose.model.translations import translations_of
from diagnose.station.signing import make_key

KEY = make_key()
T0 = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ABOUT = About(tested=Text("t"), meaning=Text("m"), consequence=Text("c"), action=Text("a"))
BEFORE: dict[str, tuple[Outcome, dict[str, Value | None]]] = {
    "battery.health": (
        Outcome.FAIL,
        {"state_of_health": 61, "cycles": 1240, "first_used": "2022-03-01"},
    ),
    "battery.parts": (Outcome.PASS, {"battery": "original"}),
    "camera.census": (Outcome.PASS, {"count": 4}),
    "display.panel": (Outcome.PASS, {"panel_id": "BOE-7"}),
    "storage.space": (Outcome.PASS, {"free_percent": 40}),
}
AFTER = BEFORE | {
    "battery.health": (
        Outcome.PASS,
        {"state_of_health": 100, "cycles": 2, "first_used": "2026-11-22"},
    ),
    "battery.parts": (Outcome.ATTENTION, {"battery": "replaced"}),
}
TITLES = {
    "battery.health": Text("Battery wear", "电池损耗"),
    "camera.census": Text("Cameras present", "摄像头清点"),
}
FAULT = Fault(
    code="battery.worn",
    title=Text("The battery is worn out", "电池老化"),
    explanation=Text("It holds 61 % of its capacity.", "容量仅剩 61%。"),
    kind=FaultKind.HARDWARE,
    confidence=Confidence.CERTAIN,
    evidence=(
        FaultEvidence(measurement="battery.health.state_of_health", text=Text("61 %", "61%")),
    ),
    repair=("replace_battery",),
)


def result(probe: str, outcome: Outcome, values: Mapping[str, Value | None]) -> ProbeResult:
    title = TITLES.get(probe, Text(probe))
    return ProbeResult(
        probe=probe,
        version=1,
        tier="checked",
        origin="sample",
        sha256="0" * 64,
        area=probe.partition(".")[0],
        title=title,
        required=False,
        outcome=outcome,
        reason=Reason.UNSUPPORTED if outcome is Outcome.NOT_RUN and not values else None,
        duration_ms=1.5,
        measurements=tuple(
            Measurement(
                id=f"{probe}.{name}",
                title=Text(name),
                value=value,
                outcome=outcome if value is not None else Outcome.NOT_RUN,
            )
            for name, value in values.items()
        ),
        findings=(Finding(id=f"{probe}.said", text=Text("said"), advice=Text("look at it")),),
        about=ABOUT,
    )


def report(
    results: Mapping[str, tuple[Outcome, Mapping[str, Value | None]]] = BEFORE,
    *,
    at: datetime = T0,
    serial: str = "a1" * 32,
    build: str = "B.1",
    faults: tuple[Fault, ...] = (),
) -> Report:
    found = tuple(result(name, *value) for name, value in sorted(results.items()))
    coverage = cover(found)
    made = Report(
        report_id="r-1",
        created_at=at + timedelta(seconds=5),
        tool=Tool(version="0.1.0"),
        device=DeviceIdentity(brand="Maker", model="M1", build=build, serial_hash=serial),
        profile=ProfileReference(id="generic", sha256="1" * 64),
        plan=PlanReference(name="full", title=Text("Full")),
        coverage=coverage,
        summary=summarise(found, coverage, Ended.COMPLETE),
        results=found,
        faults=faults,
        privacy=Privacy(),
        capture=CaptureReference(sha256="2" * 64, started_at=at),
    )
    made = made.model_copy(update={"translations": translations_of(made)})
    return made.model_copy(update={"digest": digest_of(made)})


def item(code: str, price: str = "100.00", **more: Any) -> QuoteItem:
    net = Decimal(price)
    values: dict[str, Any] = {
        "code": code,
        "title": Text(code.replace("-", " ")),
        "kind": ItemKind.LABOUR,
        "unit_price": net,
        "net": net,
        "tax_rate": Decimal("0.13"),
        "tax": net * Decimal("0.13"),
        "total": net * Decimal("1.13"),
    }
    return QuoteItem(**values | more)


def part(code: str = "battery-part", price: str = "300.00", **more: Any) -> QuoteItem:
    values = {
        "kind": ItemKind.PART,
        "part": "battery",
        "part_no": "HB-1",
        "part_condition": PartCondition.ORIGINAL,
        "cause": "battery.worn",
        "action": "replace_battery",
    }
    return item(code, price, **values | more)


def quote(*items: QuoteItem, slack: str = "0.00", **more: Any) -> Quote:
    items = items or (
        part(),
        item("battery-labour", cause="battery.worn"),
        item("reinstall-system", "80.00", data_risk=DataRisk.ERASES),
    )
    total = sum((one.total for one in items), Decimal(0))
    values: dict[str, Any] = {
        "quote_id": "q-1",
        "made_at": T0,
        "valid_until": date(2026, 12, 22),
        "shop": Shop(name="Repair Corner", address="1 Example Road", phone="010-0000"),
        "currency": "CNY",
        "items": items,
        "net": sum((one.net for one in items), Decimal(0)),
        "tax": sum((one.tax for one in items), Decimal(0)),
        "total": total,
        "max_total": total + Decimal(slack),
    }
    return Quote(**values | more)


def oral(at: datetime) -> Statement:
    signer = {"person": "王小明", "phone": "13800138000"}
    return state(method="oral", at=at, language="zh-CN", receiver="li", signer=signer)


class Counter:
    """A case that is worked on without a database: the same events, read the same way."""

    def __init__(self) -> None:
        self.chain = Chain("20261122-TEST1")
        self.time = T0
        intake = Intake(complaint="电池不耐用", symptoms=("battery_drain",))
        contact = Contact(name="王小明", phone="13800138000")
        self.add(entries.opened(intake, contact, Identifiers()))

    @property
    def case(self) -> Case:
        return read_case(self.chain)

    def add(self, *new: Entry) -> Case:
        for entry in new:
            self.time += timedelta(minutes=1)
            event, private = make_event(self.chain, entry, at=self.time, actor="li", key=KEY)
            apart = (*self.chain.private, *private)
            events = (*self.chain.events, event)
            self.chain = Chain(self.chain.case, events, make_head(event, KEY), apart)
        return self.case

    def diagnose(self, new: Report | None = None) -> Case:
        new = new or report(faults=(FAULT,))
        made = page.case_page(new, self.case.intake, self.case.page)
        return self._turn(made, lambda made: entries.diagnosed(made, new.digest))

    def quote(self, new: Quote | None = None) -> Case:
        shown = self.case.page
        assert shown is not None
        return self._turn(page.quoted_page(shown, new or quote()), entries.quoted)

    def _turn(self, made: Report, entry: Callable[[Report], Entry]) -> Case:
        voiding = changes.voiding_of(self.case, made)
        return self.add(entry(made), *([entries.voided(voiding)] if voiding else []))

    def decide(self, **answers: Any) -> Case:
        statement = oral(self.time)
        return self.add(entries.decided(decide(self.case, CustomerAnswers(**answers), statement)))

    def work(self, *items: str, **more: Any) -> Case:
        done = Done(items=items, finished_at=self.time, engineer="li", **more)
        return self.add(entries.worked(record_work(self.case, done)))

    def copy_to(self, casebook: Casebook, name: str, begin: datetime = T0) -> None:
        """Record the same events again in a casebook, a minute apart."""
        for number, event in enumerate(self.chain.events):
            apart = {v.name: v.value for v in self.chain.private if v.seq == event.seq}
            entry = Entry(event.kind, event.payload, apart)
            at = begin + timedelta(minutes=number)
            casebook.record(name, adding(entry), at=at, actor="li")


def adding(entry: Entry) -> Callable[[Chain], Sequence[Entry]]:
    """A decision that looks at nothing."""
    return lambda _chain: [entry]


ACCEPT: Mapping[str, Sequence[str]] = {
    "accept": ("battery-part", "battery-labour"),
    "decline": ("reinstall-system",),
}


def agreed() -> Counter:
    """A case in which the battery was agreed to and the reinstallation declined."""
    counter = Counter()
    counter.diagnose()
    counter.quote()
    counter.decide(**ACCEPT)
    return counter


def accepted_as(*, solved: bool) -> Counter:
    """A case whose battery was changed, and what the customer said in the end."""
    counter = agreed()
    counter.work("battery-part", serials={"battery-part": "S1"})
    tried, statement = {"complaint": solved}, oral(counter.time)
    word = CustomerWord(solved=solved, tried=tried, remark="as new", unchecked="it was in a hurry")
    accepted = accept(counter.case, (COMPLAINT,), word, statement)
    counter.add(entries.accepted(accepted))
    return counter
