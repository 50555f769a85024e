"""How far a fact may go: a guess never calls a phone faulty, whatever probe uses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pytest
from tests.judging.causes.bench import NOW, PLAN, PROBES

from diagnose.evaluation.trials import record
from diagnose.judging.judgement import judge
from diagnose.knowledge.profiles.load import load_profiles
from diagnose.knowledge.profiles.values import fact_specs
from diagnose.model.criterion import Basis, Source, Value
from diagnose.model.fact import Fact
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import Measurement
from diagnose.model.text import Text
from diagnose.parsers.sensor.sensors import SENSOR_KINDS
from diagnose.sdk import Answers, FactKind, FactSpec, Unit
from diagnose.simulator.building import build_phone

WRONG: Mapping[str, Value] = {
    "battery_design_mah": 90_000,
    "battery_typical_mah": 90_000,
    "camera_count": 60,
    "camera_listed_rear": 60,
    "camera_lenses_rear": 60,
    "camera_lenses_front": 60,
    "cpu_cores": 60,
    "declared_features": ("no.such.feature",),
    "display_px": "99x99",
    "latest_android": "Android 99",
    "latest_os": "Android 99",
    "launch_os": "Android 99",
    "memory_gb": ("512",),
    "nfc": True,
    "refresh_hz": 999,
    "sensor_parts": ("no such part",),
    "sensor_types": tuple(SENSOR_KINDS),
    "storage_gb": ("4096",),
    "support_until": "2010-01",
    "zones": ("skin", "battery", "usb"),
}
"""What no phone fulfils: the worst a fact can do."""


def replies() -> dict[str, Reply]:
    """A phone sold in pieces: parts are missing and no feature says that they are owed."""
    phone = build_phone("pixel-9", ("camera-front-missing", "sensor-gyroscope-missing"), now=NOW)
    answers = record(phone, PLAN, NOW).replies
    return {key: reply for key, reply in answers.items() if "pm list features" not in key}


def judged_by(basis: Basis) -> Iterator[Measurement]:
    source = Source(text=Text("the fact of the test"), basis=basis)
    facts = {name: Fact(value=value, source=source) for name, value in WRONG.items()}
    output = replies()
    for loaded in PROBES.values():
        if loaded.probe.facts:
            answers = Answers(loaded.probe, output, now=NOW, facts=facts)
            yield from judge(loaded, answers).measurements


def failed(measurements: Iterable[Measurement]) -> set[str]:
    """The values a fact of the test called faulty."""
    return {
        m.id
        for m in measurements
        if m.outcome is Outcome.FAIL and m.criterion and "the test" in m.criterion.source.text.en
    }


def test_a_guess_never_fails_a_phone() -> None:
    sure = failed(judged_by(Basis.VENDOR))
    assert {"cpu.cores.cores", "memory.ram.total", "sensor.census.gyroscope"} <= sure
    assert failed(judged_by(Basis.GUESS)) == set()


def test_every_fact_there_is_was_tried() -> None:
    assert set(fact_specs(loaded.probe for loaded in PROBES.values())) <= set(WRONG)


def test_the_kind_of_a_fact_is_said_once() -> None:
    """Two probes may use one fact; what it may be is said by its unit or in one of them."""
    kinds: dict[str, list[FactSpec]] = {}
    for loaded in PROBES.values():
        for name, spec in loaded.probe.facts.items():
            kinds.setdefault(name, []).append(spec)
    assert [n for n, specs in kinds.items() if sum(s.kind is not None for s in specs) > 1] == []
    assert [n for n, specs in kinds.items() if all(s.expects is None for s in specs)] == []


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        (Unit.HERTZ, FactKind.NUMBER),
        (Unit.COUNT, FactKind.INTEGER),
        (Unit.GIGABYTE, FactKind.NUMBERS),
        (Unit.NONE, None),
    ],
)
def test_a_unit_tells_the_kind(unit: Unit, kind: FactKind | None) -> None:
    [spec] = (fact_specs([PROBES["system.version"].probe])["launch_os"],)
    assert spec.expects is FactKind.PATTERN
    assert FactSpec(unit, spec.title).expects is kind


def test_no_community_speaks_for_a_maker() -> None:
    """257 lines once cited a wiki as the maker's word."""
    for profile in load_profiles().values():
        for name, fact in profile.facts.items():
            cited = fact.source.text.en.lower()
            if "lineageos" in cited or "xda" in cited:
                assert fact.source.basis in (Basis.GUESS, Basis.MEASURED), (profile.id, name)
