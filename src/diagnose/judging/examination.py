"""From a capture to a report: a pure function of recorded evidence, probes and profiles.

`run` and `replay` both end here. There is no clock, no file and no phone: the same capture gives
the same report on any computer.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from diagnose import __version__
from diagnose.errors import NotRun, ParseError, Reason
from diagnose.judging.causes.ranking import diagnose
from diagnose.judging.complaint import answer_complaint, as_reported, untestable
from diagnose.judging.identity import identify, identify_from_outside
from diagnose.judging.judgement import judge
from diagnose.knowledge.causes import knowledge_beside, read_knowledge_beside
from diagnose.knowledge.plans import plan_names, read_plan
from diagnose.knowledge.probes import LoadedProbe
from diagnose.knowledge.profiles.load import profile_for
from diagnose.knowledge.profiles.match import Profile
from diagnose.knowledge.symptoms import probes_for, symptoms_known
from diagnose.knowledge.untestable import load_untestable
from diagnose.model.compatibility import Compatibility
from diagnose.model.digest import digest_of
from diagnose.model.intake import Intake, cut_complaint
from diagnose.model.outcome import Outcome
from diagnose.model.plain import dataclass
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.report import (
    STARTING,
    Attachment,
    CaptureReference,
    Command,
    Coverage,
    DeviceIdentity,
    Ended,
    PlanReference,
    Privacy,
    ProfileReference,
    Report,
    Tool,
    cover,
    summarise,
    with_verdict,
)
from diagnose.model.requests import Request
from diagnose.model.result import About, Evidence, Finding, Measurement, ProbeResult, Reading
from diagnose.model.symptom import Symptom
from diagnose.model.text import Text
from diagnose.model.translations import translations_of
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.system.features import parse_features, parse_libraries
from diagnose.parsers.system.memory_page import booted_page_size, parse_page_size
from diagnose.parsers.tradein.report import product_properties
from diagnose.requests.adb import FEATURES, GETPROP, LIBRARIES, PAGE_SIZE
from diagnose.run.capture import Capture, Header
from diagnose.run.tradein_mode import explained, report_in_foyer
from diagnose.sdk import Answers
from diagnose.text import decode, printable

T = TypeVar("T")
_NAMESPACE = uuid.UUID("6f2c1d0e-5a44-4c43-9a0f-0d9a6f7c7f11")


def preparations(probes: Mapping[str, LoadedProbe]) -> Iterator[object]:
    """Build what `examine` will need, in short steps; while the phone answers, it costs no time."""
    yield from read_knowledge_beside(probes)
    yield load_untestable()
    for model in (Evidence, Reading, Measurement, Finding, ProbeResult, Coverage, Command, Report):
        yield model.model_rebuild()  # a model is built when it is first used: better now than then


def examine(
    capture: Capture,
    probes: Mapping[str, LoadedProbe],
    profile_dirs: Sequence[Path] = (),
    *,
    ahead: Mapping[str, ProbeResult] | None = None,
    profile: Profile | None = None,
) -> Report:
    """Judge a capture. Raises `CatalogError` only; whatever the phone said is a result.

    `profile_dirs` hold profiles that do not ship. `ahead` are results of the same evidence that
    are known already, `profile` is the one of its phone if it is (see `JudgeAhead`).
    """
    foyer = report_in_foyer(capture.replies)
    properties = product_properties(foyer) if foyer else read_properties(capture)
    if profile is None or foyer:
        profile = profile_for(properties, profile_dirs)
    header = capture.header
    symptoms = symptoms_known(header.symptoms)
    in_foyer = foyer is not None
    bench = Bench(header, probes, profile)
    results = _results(capture, bench, {} if in_foyer else ahead or {}, in_foyer=in_foyer)
    results = in_order(results, symptoms, probes)
    coverage = cover(results, least=header.least)
    diagnosis = diagnose(results, symptoms, knowledge_beside(probes))
    beyond = untestable(load_untestable().values(), results)
    report = Report(
        report_id=str(uuid.uuid5(_NAMESPACE, f"{capture.sha256}/{__version__}")),
        created_at=datetime.fromisoformat(capture.end.ended_at),
        tool=Tool(version=__version__),
        station=header.station,
        device=_device(capture, properties, profile, _state(properties, in_foyer=in_foyer)),
        profile=_profile_reference(profile),
        plan=PlanReference(name=header.plan, title=_plan_title(header.plan)),
        intake=Intake(complaint=cut_complaint(header.complaint), symptoms=header.symptoms),
        coverage=coverage,
        summary=summarise(results, coverage, Ended(capture.end.ended), capture.end.because),
        results=results,
        areas={r.area: probes[r.probe].area_title for r in results if r.probe in probes},
        faults=diagnosis.faults,
        ruled_out=diagnosis.ruled_out,
        conclusion=diagnosis.conclusion,
        complaint=answer_complaint(symptoms, results, diagnosis.faults, beyond, probes),
        untestable=as_reported(beyond),
        advice=diagnosis.advice,
        app=examine_app(capture),
        privacy=_privacy(capture),
        capture=_capture_reference(capture),
    )
    return _sealed(with_verdict(report), symptoms)


def _sealed(report: Report, symptoms: Sequence[Symptom]) -> Report:
    """Add the other language of all that is said, and the digest over everything."""
    report = report.model_copy(update={"translations": translations_of(report, symptoms)})
    return report.model_copy(update={"digest": digest_of(report)})


def _profile_reference(profile: Profile) -> ProfileReference:
    title = profile.marketing_name or profile.title
    return ProfileReference(id=profile.id, title=title, sha256=profile.sha256)


def _capture_reference(capture: Capture) -> CaptureReference:
    return CaptureReference(
        sha256=capture.sha256,
        started_at=datetime.fromisoformat(capture.header.started_at),
        clock=capture.header.clock.value,
        source=printable(capture.header.source, 200),
    )


def examine_app(capture: Capture) -> Compatibility | None:
    """Say whether the app that was asked about can run here; None where none was."""
    if capture.header.app is None:
        return None
    from diagnose.compatibility.requirements import AppRequirements
    from diagnose.compatibility.verdict import check

    wanted = AppRequirements.model_validate(capture.header.app)
    features = _read(capture, FEATURES, parse_features)
    libraries = _read(capture, LIBRARIES, parse_libraries)
    properties = read_properties(capture)
    size = _read(capture, PAGE_SIZE, parse_page_size) or booted_page_size(properties)
    return check(wanted, properties, features, page_size=size, libraries=libraries)


def _read(capture: Capture, request: Request, parser: Callable[[str], T]) -> T | None:
    """Read one answer for the app; None where the phone gave none."""
    reply = capture.replies.get(request.key)
    if reply is None or reply.status is not ReplyStatus.COMPLETE:
        return None
    try:
        return parser(decode(reply.stdout))
    except ParseError:
        return None


def read_properties(capture: Capture) -> Mapping[str, str]:
    """The phone's system properties; empty where they were not read."""
    return properties_in(capture.replies)


def properties_in(replies: Mapping[str, Reply]) -> Mapping[str, str]:
    """The system properties among these replies; empty where they were not read."""
    reply = replies.get(GETPROP.key)
    if reply is None or reply.status is not ReplyStatus.COMPLETE:
        return {}
    try:
        return parse_getprop(decode(reply.stdout))
    except ParseError:
        return {}


@dataclass
class Bench:
    """Where the probes of one run are judged: what they were asked for, and on what phone."""

    header: Header
    probes: Mapping[str, LoadedProbe]
    profile: Profile
    _parsed: dict[tuple[str, object], Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        header: Header,
        probes: Mapping[str, LoadedProbe],
        properties: Mapping[str, str],
        profile_dirs: Sequence[Path] = (),
    ) -> Bench:
        """Make it for the phone that has these properties."""
        return cls(header, probes, profile_for(properties, profile_dirs))

    def judged(self, name: str, replies: Mapping[str, Reply]) -> ProbeResult:
        """Judge one probe on its answers among `replies`, and on what was never asked."""
        if name not in self.probes:
            return _not_here(name)
        probe = self.probes[name].probe
        answers = Answers(
            probe,
            {**replies, **self._unasked},
            now=self.header.captured_at,
            facts=self.profile.facts,
            quirks=self.profile.quirks_for(name),
            parsed=self._parsed,
        )
        required = name in self.header.required
        reached = _reached(self.probes[name], self.header)
        return judge(reached, answers, self.profile.limits, required=required)

    @cached_property
    def _unasked(self) -> dict[str, Reply]:
        return _forbidden(self.header) | _not_reached(self.header, self.probes)


def _results(
    capture: Capture, bench: Bench, ahead: Mapping[str, ProbeResult], *, in_foyer: bool
) -> tuple[ProbeResult, ...]:
    """Judge every probe of the run; in trade-in mode also the one that says what that means."""
    replies = explained(capture.replies) if in_foyer else capture.replies
    explaining = (name for name, one in bench.probes.items() if one.probe.explains_closed)
    names = {*capture.header.probes, *(explaining if in_foyer else ())}
    return tuple(ahead.get(name) or bench.judged(name, replies) for name in sorted(names))


def _not_here(name: str) -> ProbeResult:
    """Say of a probe of the run that it is not loaded here: what it found is not known.

    It counts as required, for a fault that it found would be passed over in silence.
    """
    nothing = Text("Nothing: this probe is not loaded here.", "未检测：此处未加载该检测项。")
    return ProbeResult(
        probe=name,
        version=0,
        tier="missing",
        origin="missing",
        sha256="",
        area=name.partition(".")[0],
        title=Text(name),
        required=True,
        outcome=Outcome.NOT_RUN,
        reason=Reason.DEPENDENCY,
        detail="this probe is not loaded here: name its folder with --probe-dir",
        duration_ms=0.0,
        about=About(tested=nothing, meaning=nothing, consequence=nothing, action=nothing),
    )


def in_order(
    results: tuple[ProbeResult, ...], symptoms: Sequence[Symptom], probes: Mapping[str, LoadedProbe]
) -> tuple[ProbeResult, ...]:
    """What was complained of first; the probes of an area stay together."""
    wanted = probes_for(symptoms, probes)
    areas = list(dict.fromkeys(name.partition(".")[0] for name in wanted))

    def place(result: ProbeResult) -> tuple[int, str, int, str]:
        area = areas.index(result.area) if result.area in areas else len(areas)
        own = wanted.index(result.probe) if result.probe in wanted else len(wanted)
        return area, result.area, own, result.probe

    return tuple(sorted(results, key=place))


def _forbidden(header: Header) -> dict[str, Reply]:
    return {
        key: Reply(key, ReplyStatus.FORBIDDEN, detail=why) for key, why in header.refused.items()
    }


def _reached(loaded: LoadedProbe, header: Header) -> LoadedProbe:
    """The probe, or one that says that nothing of what it asks could be asked.

    No probe may conclude anything from a silence that was ours.
    """
    channels = {request.channel for request in loaded.probe.requests}
    if not header.channels or channels & set(header.channels):
        return loaded
    missing = ", ".join(sorted(channels))

    def interpret(_answers: Answers) -> tuple[()]:
        raise NotRun(Reason.DEPENDENCY, f"the phone, as it was, has no {missing}")

    return replace(loaded, probe=replace(loaded.probe, interpret=interpret))


def _not_reached(header: Header, probes: Mapping[str, LoadedProbe]) -> dict[str, Reply]:
    """What was not asked because the phone, as it was, has no such channel."""
    if not header.channels:
        return {}
    asked = (r for name in header.probes if name in probes for r in probes[name].probe.requests)
    return {
        r.key: Reply(r.key, ReplyStatus.MISSING, detail=f"the phone, as it was, has no {r.channel}")
        for r in asked
        if r.channel not in header.channels and r.key not in header.refused
    }


def _state(properties: Mapping[str, str], *, in_foyer: bool) -> str:
    """Say what state the phone was in, by its own word; an image that runs has the boot done."""
    if in_foyer:
        return "trade-in mode"
    return STARTING if is_starting(properties) else "device"


def is_starting(properties: Mapping[str, str]) -> bool:
    """Whether a phone says that its start is not finished; a phone that says nothing does not."""
    done = properties.get("sys.boot_completed", "")
    return done not in ("", "1") or (not done and properties.get("init.svc.bootanim") == "running")


def _plan_title(name: str) -> Text:
    if name not in plan_names():
        return Text(name)
    title = read_plan(name).title
    return Text(title.en, title.zh)


def _device(
    capture: Capture, properties: Mapping[str, str], profile: Profile, state: str
) -> DeviceIdentity:
    who = identify(properties) if properties else identify_from_outside(capture.replies)
    header = capture.header
    return DeviceIdentity(
        brand=printable(who.brand, 60),
        model=printable(who.model, 60),
        marketing_name=printable(who.marketing_name or profile.sold_as, 60),
        os=printable(who.os, 40),
        os_version=printable(who.os_version, 40),
        build=printable(who.build, 100),
        security_patch=printable(who.security_patch, 20),
        serial_hash=capture.subject.serial_hash,
        serial_masked=capture.subject.serial_masked,
        simulated=header.simulated or who.emulator,
        attachments=_attachments(header, state),
    )


def _attachments(header: Header, state: str) -> tuple[Attachment, ...]:
    """Every face of the phone; `state` says more of adb than adb does."""
    if not header.connection:
        return ()
    faces = header.faces or ({"channel": "adb", "connection": header.connection},)
    return tuple(
        Attachment(
            channel=face["channel"],
            connection=face["connection"],
            state=state if face.get("state", "device") == "device" else face["state"],
            serial=printable(header.serial, 100),
            port=printable(header.port, 40),
        )
        for face in faces
    )


def _privacy(capture: Capture) -> Privacy:
    """The receipt: what was sent, in the order of the keys, and what was kept of the answers."""
    commands = sorted(
        (
            Command(
                request=recorded.reply.key,
                data_class=recorded.data_class,
                effect=recorded.effect,
                status=recorded.reply.status.value,
                bytes_kept=len(recorded.reply.stdout) + len(recorded.reply.stderr),
                masked=recorded.masked,
            )
            for recorded in capture.recorded
        ),
        key=lambda command: command.request,
    )
    return Privacy(
        commands=tuple(commands),
        data_classes=tuple(sorted({command.data_class for command in commands})),
    )
