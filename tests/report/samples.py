"""Small reports of our own making, for the tests of the views.

`python -m pytest tests/report --update-golden` writes them to `golden/*.json`; the views read them
from there, as they would read a report of yesterday.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from diagnose.errors import Reason
from diagnose.model.acceptance import Acceptance, AcceptanceTest, Origin
from diagnose.model.bill import Bill, Charge, ChargeState
from diagnose.model.consent import (
    Choice,
    Consent,
    DataHandling,
    ItemDecision,
    Method,
    Point,
    Signer,
    Statement,
)
from diagnose.model.criterion import Basis, OneOf, Range, Source
from diagnose.model.digest import digest_of
from diagnose.model.fault import Confidence, Fault, FaultEvidence, FaultKind, NextTest
from diagnose.model.intake import Contact, Identifiers, Intake, Warranty
from diagnose.model.outcome import Outcome
from diagnose.model.quote import (
    Alternative,
    AlternativeKind,
    DataRisk,
    DiagnosisFee,
    ItemKind,
    PartCondition,
    Quote,
    QuoteItem,
    Shop,
    TemporaryPhone,
)
from diagnose.model.report import (
    Attachment,
    CaptureReference,
    Command,
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
from diagnose.model.result import (
    About,
    Evidence,
    Finding,
    GlanceTile,
    Measurement,
    ProbeFailure,
    ProbeResult,
    Reading,
)
from diagnose.model.text import Text
from diagnose.model.translations import translations_of
from diagnose.model.unit import Unit
from diagnose.model.verification import (
    PartComparison,
    PartState,
    ProbeComparison,
    Verdict,
    Verification,
)
from diagnose.model.work import FreeCare, Work, WorkItem
from diagnose.report.record import Record

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
LESS_TRUSTED = Text("less trusted")
MAKER = Source(text=Text("handbook of the sample phone, page 4"), basis=Basis.VENDOR)
ABOUT = About(
    tested=Text("Whether the part answers.", "部件是否有应答。"),
    meaning=Text("The part works.", "部件正常。"),
    consequence=Text("It may get worse.", "情况可能变差。"),
    action=Text("Have it looked at.", "请检修。"),
)


AREAS = {
    "battery": Text("Battery", "电池"),
    "camera": Text("Cameras", "摄像头"),
    "display": Text("Display", "显示屏"),
    "identity": Text("Identity", "机型信息"),
    "integrity": Text("Integrity", "系统完整性"),
    "storage": Text("Storage", "存储"),
    "thermal": Text("Temperature", "温度"),
    "touch": Text("Touch and keys", "触摸与按键"),
}


def battery(health: float = 72.0) -> ProbeResult:
    """A battery with three readings of its health, one of them chosen."""
    limit = Range(fail_below=60, attention_below=80, source=MAKER)
    worn = limit.judge(health)
    measurements = (
        Measurement(
            id="battery.health.state_of_health",
            title=Text("State of health", "电池健康度"),
            value=health,
            unit=Unit.PERCENT,
            outcome=worn,
            criterion=limit,
            evidence=(Evidence(request="shell:dumpsys sample", raw=f"soh: {health:g}", line=12),),
            source="sample service",
            trust=90,
            readings=(
                Reading(source="sample service", value=health, trust=90, chosen=True),
                Reading(
                    source="charge counter", value=health + 2.5, trust=40, note=Text("less trusted")
                ),
            ),
        ),
        Measurement(
            id="battery.health.cycles",
            title=Text("Charge cycles", "充电循环次数"),
            value=811,
            unit=Unit.CYCLES,
            outcome=Outcome.OBSERVED,
        ),
        Measurement(
            id="battery.health.manufactured",
            title=Text("Date of manufacture", "生产日期"),
            value="2023-05-06",
            outcome=Outcome.OBSERVED,
        ),
    )
    found = Finding(
        id="battery.health.worn",
        text=Text(
            "The battery holds about {share:g} % of its capacity.", "电池容量约剩 {share:g}%。"
        ).format(share=health),
        because=("battery.health.state_of_health",),
        advice=Text("Replace the battery.", "建议更换电池。"),
    )
    findings = (found,) if worn is not Outcome.PASS else ()
    tile = GlanceTile(
        title=Text("Battery capacity left", "电池剩余容量"),
        rank=10,
        measurements=("battery.health.state_of_health",),
        beside="battery.health.cycles",
    )
    return _result(
        "battery.health",
        "Battery wear",
        "电池老化程度",
        measurements,
        findings,
        tile=tile,
        statutory=tuple(measurements[n].id for n in (2, 1, 0)),
    )


def storage(free: float = 49.6) -> ProbeResult:
    """Free storage."""
    limit = Range(attention_below=5, source=Source(text=Text("our judgement"), basis=Basis.GUESS))
    share = Measurement(
        id="storage.space.free_percent",
        title=Text("Free share", "可用比例"),
        value=free,
        unit=Unit.PERCENT,
        outcome=limit.judge(free),
        criterion=limit,
        evidence=(Evidence(request="shell:df /data", raw="119 G  49%", line=2),),
    )
    tile = GlanceTile(
        title=Text("Free storage", "剩余存储空间"),
        rank=20,
        measurements=(share.id,),
        drawn_used=True,
    )
    return _result("storage.space", "Free storage", "剩余存储空间", (share,), tile=tile)


def bootloader() -> ProbeResult:
    """A word that is judged."""
    limit = OneOf(good=(True,), attention=(False,), source=MAKER)
    locked = Measurement(
        id="integrity.bootloader.locked",
        title=Text("Bootloader locked", "引导程序已锁定"),
        value=True,
        outcome=Outcome.PASS,
        criterion=limit,
        words={"true": Text("locked", "已锁定"), "false": Text("unlocked", "未锁定")},
    )
    return _result("integrity.bootloader", "Bootloader lock", "引导锁", (locked,))


def temperature(celsius: float = 29.5) -> ProbeResult:
    """A temperature."""
    limit = Range(attention_above=43, fail_above=60, source=MAKER)
    skin = Measurement(
        id="thermal.temperatures.zone.skin",
        title=Text("Temperature", "温度"),
        value=celsius,
        unit=Unit.CELSIUS,
        outcome=limit.judge(celsius),
        criterion=limit,
        place=Text("case", "机身"),
    )
    tile = GlanceTile(title=skin.title, rank=30, measurements=(skin.id,))
    return _result("thermal.temperatures", "Temperatures", "温度", (skin,), tile=tile)


def camera_refused(*, required: bool = False) -> ProbeResult:
    """A probe that got no answer."""
    return _result(
        "camera.census", "Cameras present", "摄像头清点", reason=Reason.DENIED, required=required
    )


def touch_broken() -> ProbeResult:
    """A probe with an error of our own."""
    problem = ProbeFailure(code="error", message="KeyError: 'x'", traceback="Traceback")
    return _result("touch.panel", "Touch panel", "触摸屏", error=problem)


def identity() -> ProbeResult:
    """Something that is read and not judged."""
    brand = Measurement(
        id="identity.device.brand",
        title=Text("Brand", "品牌"),
        value="ACME",
        outcome=Outcome.OBSERVED,
    )
    return _result("identity.device", "Which phone this is", "设备型号", (brand,))


def no_hinge() -> ProbeResult:
    """A part that this phone does not have."""
    return _result("display.hinge", "Hinge", "铰链", outcome=Outcome.NOT_APPLICABLE)


def make(
    *results: ProbeResult,
    device: DeviceIdentity | None = None,
    ended: Ended = Ended.COMPLETE,
    because: str = "",
    **parts: object,
) -> Report:
    """A whole report of these results, with its digest."""
    ordered = tuple(sorted(results, key=lambda result: result.probe))
    coverage = cover(ordered)
    report = Report.model_validate(
        {
            "report_id": "00000000-0000-5000-8000-000000000001",
            "created_at": NOW,
            "tool": Tool(version="1.2.3"),
            "station": "counter 1",
            "device": device or DEVICE,
            "profile": ProfileReference(id="acme/one", title="Acme One", sha256="ab" * 32),
            "plan": PlanReference(name="full", title=Text("Full check", "全面检测")),
            "coverage": coverage,
            "summary": summarise(ordered, coverage, ended, because),
            "results": ordered,
            "areas": {r.area: AREAS[r.area] for r in ordered},
            "privacy": RECEIPT,
            "capture": CaptureReference(sha256="cd" * 32, started_at=NOW),
            **parts,
        }
    )
    report = report.model_copy(update={"translations": translations_of(report)})
    return report.model_copy(update={"digest": digest_of(report)})


def complete() -> Report:
    """Everything was tested and nothing found."""
    return make(battery(97.0), storage(), bootloader(), temperature(), no_hinge())


def partial() -> Report:
    """Nothing found in what could be tested."""
    results = (battery(97.0), storage(), camera_refused(required=True), touch_broken())
    return make(*results, device=DEVICE.model_copy(update={"simulated": True}))


def lost() -> Report:
    """The connection broke."""
    return make(storage(2.0), camera_refused(), ended=Ended.LOST, because="the cable was pulled")


def faulty() -> Report:
    """A worn battery, its causes, a plan with its price, advice: everything a report can carry."""
    return make(
        battery(55.0),
        storage(),
        bootloader(),
        temperature(46.0),
        camera_refused(),
        intake=INTAKE,
        faults=(WORN, DRAINED),
        ruled_out=(WATER,),
        quote=QUOTE,
        advice=(Text("Charge to 80 % only.", "建议充电至 80% 即可。"),),
    )


def repaired() -> Report:
    """The same phone after the repair."""
    return make(battery(100.0), storage(), bootloader(), temperature(), camera_refused())


def record() -> Record:
    """The rest of the case, for the report after the repair."""
    before = faulty()
    signed = Statement(
        method=Method.SIGNATURE,
        at=NOW,
        language="zh-CN",
        receiver="李工",
        signer=Signer(person="王小明", strokes=((Point(x=0, y=0), Point(x=400, y=200)),)),
    )
    return Record(
        before=before,
        consent=Consent(
            choice=Choice.PARTIAL,
            report_digest=before.digest,
            quote_digest="ef" * 32,
            decisions=(
                ItemDecision(code="battery-part", accepted=True),
                ItemDecision(code="battery-work", accepted=True),
                ItemDecision(code="wipe", accepted=False),
            ),
            currency="CNY",
            agreed_total=Decimal("398.00"),
            ceiling=Decimal("398.00"),
            data=DataHandling(backup_done=True, wipe_agreed=False),
            statement=signed,
        ),
        works=(
            Work(
                consent=1,
                items=(
                    WorkItem(
                        code="battery-part",
                        title=Text("Battery", "电池"),
                        total=Decimal("298.00"),
                        agreed=Decimal("298.00"),
                        part_no="B-100",
                        part_serial="SN0001",
                        old_part_returned=True,
                    ),
                    WorkItem(
                        code="battery-work",
                        title=Text("Fitting the battery", "更换电池工时"),
                        total=Decimal("90.00"),
                        agreed=Decimal("100.00"),
                        labour_minutes=40,
                    ),
                ),
                currency="CNY",
                care=(FreeCare(code="cleaning", title=Text("Cleaning of the ports", "接口清洁")),),
                engineer="李工",
                finished_at=NOW,
            ),
        ),
        bill=Bill(
            currency="CNY",
            charges=(
                _charge("battery-part", Text("Battery", "电池"), "298.00", "298.00"),
                _charge(
                    "battery-work", Text("Fitting the battery", "更换电池工时"), "100.00", "90.00"
                ),
                Charge(
                    code="wipe",
                    title=Text("Reset", "恢复出厂设置"),
                    state=ChargeState.DECLINED,
                ),
            ),
            agreed=Decimal("398.00"),
        ),
        verification=Verification(
            verdict=Verdict.SOLVED,
            reasons=(Text("The battery test passes.", "电池检测已通过。"),),
            before_digest=before.digest,
            after_digest=repaired().digest,
            probes=(
                ProbeComparison(
                    probe="battery.health",
                    title=Text("Battery wear", "电池老化程度"),
                    own=True,
                    before=Outcome.FAIL,
                    after=Outcome.PASS,
                ),
            ),
            parts=(
                PartComparison(
                    part="battery",
                    title=Text("Battery", "电池"),
                    agreed=True,
                    state=PartState.CHANGED,
                ),
                PartComparison(
                    part="panel",
                    title=Text("Screen", "屏幕"),
                    agreed=False,
                    state=PartState.CHANGED,
                ),
            ),
            checked_at=NOW,
        ),
        acceptance=Acceptance(
            solved=True,
            tests=(
                AcceptanceTest(
                    code="drain",
                    title=Text("The battery lasts", "电池续航正常"),
                    origin=Origin.COMPLAINT,
                    passed=True,
                ),
                AcceptanceTest(
                    code="call", title=Text("Make a call", "拨打电话"), origin=Origin.GENERAL
                ),
            ),
            statement=signed,
        ),
        contact=Contact(name="王小明", phone="000-0000"),
        identifiers=Identifiers(imei=("000000000000000",), network_access_code="NAC-1"),
    )


def _result(
    probe: str,
    en: str,
    zh: str,
    measurements: tuple[Measurement, ...] = (),
    findings: tuple[Finding, ...] = (),
    *,
    outcome: Outcome | None = None,
    reason: Reason | None = None,
    required: bool = False,
    error: ProbeFailure | None = None,
    tile: GlanceTile | None = None,
    statutory: tuple[str, ...] = (),
) -> ProbeResult:
    from diagnose.model.outcome import worst

    if outcome is None and reason:
        outcome = Outcome.NOT_RUN
    if outcome is None and error:
        outcome = Outcome.ERROR
    return ProbeResult(
        probe=probe,
        version=1,
        tier="checked",
        origin="builtin",
        sha256="00" * 32,
        area=probe.split(".", maxsplit=1)[0],
        title=Text(en, zh),
        required=required,
        outcome=outcome or worst(m.outcome for m in measurements),
        reason=reason,
        duration_ms=12.5,
        measurements=measurements,
        findings=findings,
        error=error,
        about=ABOUT,
        tile=tile,
        statutory=statutory,
    )


DEVICE = DeviceIdentity(
    brand="ACME",
    model="A-1",
    marketing_name="Acme One",
    os="Android",
    os_version="14",
    build="AP1A.1",
    security_patch="2026-01-05",
    serial_hash="9" * 16,
    serial_masked="A1…Z9",
    attachments=(Attachment(channel="adb", connection="usb", state="device"),),
)

RECEIPT = Privacy(
    commands=(
        Command(
            request="shell:df /data",
            data_class="hardware",
            effect="read",
            status="complete",
            bytes_kept=120,
        ),
        Command(
            request="shell:getprop",
            data_class="identity",
            effect="read",
            status="complete",
            bytes_kept=24_500,
            masked=3,
        ),
    ),
    data_classes=("hardware", "identity"),
)

INTAKE = Intake(
    complaint="手机电量掉得很快，半天就没电了。",
    language="zh-CN",
    symptoms=("drains-fast",),
    condition=("scratched back",),
    accessories=("charger",),
    warranty=Warranty(
        in_warranty=False,
        reason="bought more than a year ago",
        seller="Sample Store",
        sale_date=date(2023, 6, 1),
    ),
)

WORN = Fault(
    code="battery.worn",
    title=Text("The battery is worn out", "电池已老化"),
    explanation=Text(
        "The battery has been charged so often that it holds little more than half.",
        "电池充放电次数过多，容量只剩一半多。",
    ),
    kind=FaultKind.HARDWARE,
    confidence=Confidence.CERTAIN,
    reasons=(Text("Two sources agree.", "两个来源的读数一致。"),),
    evidence=(
        FaultEvidence(
            measurement="battery.health.state_of_health",
            text=Text("State of health 55 %", "电池健康度 55%"),
        ),
        FaultEvidence(symptom="drains-fast", text=Text("It drains fast", "掉电快")),
    ),
    repair=("battery_replace",),
    consequence=Text("It will switch off without warning.", "手机会突然关机。"),
)

DRAINED = Fault(
    code="software.drainer",
    title=Text("An app uses much power", "某个应用耗电多"),
    explanation=Text("One app runs all the time.", "某个应用一直在后台运行。"),
    kind=FaultKind.SOFTWARE,
    confidence=Confidence.POSSIBLE,
    evidence=(FaultEvidence(symptom="drains-fast", text=Text("It drains fast", "掉电快")),),
    against=(
        FaultEvidence(
            measurement="software.drainers.top_app",
            text=Text("No app stands out", "没有特别耗电的应用"),
        ),
    ),
    innocent=Text("It may just have been used for long.", "可能只是使用时间较长。"),
    next_test=NextTest(text=Text("Watch it for a day in safe mode.", "在安全模式下观察一天。")),
)

WATER = Fault(
    code="usb.water",
    title=Text("Water in the port", "接口进水"),
    explanation=Text("Moisture drains the battery.", "受潮会耗电。"),
    confidence=Confidence.POSSIBLE,
    excluded_by=(
        FaultEvidence(measurement="usb.port.water", text=Text("The port is dry", "接口干燥")),
    ),
)

QUOTE = Quote(
    quote_id="Q-1",
    made_at=NOW,
    valid_until=date(2026, 4, 3),
    shop=Shop(
        name="Sample Repairs",
        address="1 Sample Road, Sampletown",
        phone="000-1111",
        email="shop@example.org",
        registration="REG-1",
        country="CN",
        time_zone="Asia/Shanghai",
    ),
    engineer="李工",
    currency="CNY",
    items=(
        QuoteItem(
            code="battery-part",
            title=Text("Battery", "电池"),
            kind=ItemKind.PART,
            cause="battery.worn",
            action="battery_replace",
            part="battery",
            part_no="B-100",
            part_condition=PartCondition.ORIGINAL,
            unit_price=Decimal("263.72"),
            net=Decimal("263.72"),
            tax_rate=Decimal("0.13"),
            tax=Decimal("34.28"),
            total=Decimal("298.00"),
            warranty_days=180,
        ),
        QuoteItem(
            code="battery-work",
            title=Text("Fitting the battery", "更换电池工时"),
            kind=ItemKind.LABOUR,
            cause="battery.worn",
            unit_price=Decimal("100.00"),
            net=Decimal("100.00"),
            total=Decimal("100.00"),
            labour_minutes=40,
            data_risk=DataRisk.LOW,
        ),
        QuoteItem(
            code="wipe",
            title=Text("Setting the phone up afresh", "恢复出厂设置"),
            kind=ItemKind.FEE,
            cause="software.drainer",
            unit_price=Decimal("20.00"),
            net=Decimal("20.00"),
            total=Decimal("20.00"),
            data_risk=DataRisk.ERASES,
        ),
    ),
    alternatives=(
        Alternative(
            kind=AlternativeKind.REPAIR,
            title=Text("Repair everything", "全部维修"),
            items=("battery-part", "battery-work", "wipe"),
            total=Decimal("418.00"),
        ),
        Alternative(
            kind=AlternativeKind.PARTIAL,
            title=Text("Battery only", "仅更换电池"),
            items=("battery-part", "battery-work"),
            total=Decimal("398.00"),
            consequence=Text("An app may still drain it.", "应用仍可能耗电。"),
        ),
        Alternative(
            kind=AlternativeKind.DECLINE,
            title=Text("No repair", "不维修"),
            total=Decimal("0.00"),
            consequence=Text("It will switch off without warning.", "手机会突然关机。"),
        ),
    ),
    net=Decimal("383.72"),
    tax=Decimal("34.28"),
    total=Decimal("418.00"),
    max_total=Decimal("418.00"),
    time_needed_minutes=70,
    ready_on=date(2026, 3, 4),
    temporary_phone=TemporaryPhone(offered=True),
    diagnosis_fee=DiagnosisFee(amount=Decimal(0)),
    received_on=date(2026, 3, 4),
    defect=Text("The battery does not last", "电池不耐用"),
    cause=Text("Worn battery", "电池老化"),
    repair=Text("Replace the battery", "更换电池"),
    place_of_handover="Sample Repairs, counter 1",
    additional=(Text("Old parts are given back on request.", "旧件可按要求退还。"),),
)


def _charge(code: str, title: Text, agreed: str, charged: str) -> Charge:
    return Charge(
        code=code,
        title=title,
        state=ChargeState.DONE,
        agreed=Decimal(agreed),
        charged=Decimal(charged),
    )
