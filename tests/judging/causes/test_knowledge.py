"""Fault knowledge that names something unknown is refused, with what it may have meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from tests.commandline import diagnose

from diagnose.case.rules.parts import part_titles
from diagnose.errors import CatalogError, FaultInvalid, SymptomInvalid, UnknownName
from diagnose.knowledge.actions import load_actions
from diagnose.knowledge.cause_files import Names, check_knowledge, load_knowledge
from diagnose.knowledge.causes import checked_knowledge
from diagnose.knowledge.symptoms import load_symptoms, probes_for, symptoms_known, symptoms_named
from diagnose.testing import bundled_probes

PROBES = bundled_probes()
GOOD = """
[[cause]]
code = "battery.test"
kind = "hardware"
title = { en = "Test", zh = "测试" }
suspected = { en = "It may be a test.", zh = "可能是测试。" }
shown = { en = "A test.", zh = "测试。" }
innocent = { en = "It may be another test.", zh = "也可能是另一项测试。" }
symptoms = ["drains-fast"]
for = [{ id = "battery.health.state_of_health" }]
repair = ["replace-battery"]
[cause.next_test]
probe = "battery.health"
en = "Read it again."
zh = "再次读取。"
"""
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(text: str) -> Path:
        path = tmp_path / "battery" / "faults.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return tmp_path

    return to_file


def _check(folder: Path) -> None:
    measures = {name: loaded.probe.measures for name, loaded in PROBES.items()}
    check_knowledge(load_knowledge([folder]), Names(measures, {}, load_actions()))


def test_the_shipped_knowledge_names_nothing_unknown() -> None:
    knowledge = checked_knowledge(PROBES)
    assert len(knowledge.causes) > 100
    areas = {code.partition(".")[0] for code in knowledge.causes}
    assert areas >= {"battery", "storage", "software", "radio", "camera", "audio", "touch"}


def test_every_symptom_has_probes_and_a_cause_that_explains_it() -> None:
    explained = {s for cause in checked_knowledge(PROBES).causes.values() for s in cause.symptoms}
    for symptom in load_symptoms().values():
        assert symptom.code in explained
        for pattern in symptom.probes:
            assert any(fnmatchcase(name, pattern) for name in PROBES), (symptom.code, pattern)


def test_every_symptom_a_probe_names_is_in_the_catalogue() -> None:
    named = {code for loaded in PROBES.values() for code in loaded.probe.symptoms}
    assert named <= set(load_symptoms())


def test_every_part_of_an_action_is_a_known_part() -> None:
    assert {a.part for a in load_actions().values() if a.part} <= set(part_titles())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("battery.health.state_of_health", "battery.health.state_of_healt"),
        ('probe = "battery.health"', 'probe = "battery.heath"'),
        ('repair = ["replace-battery"]', 'repair = ["replace-batery"]'),
    ],
)
def test_an_unknown_name_is_refused_with_the_near_one(write: Write, right: str, wrong: str) -> None:
    assert right in GOOD
    meant = right.split('"')[1] if '"' in right else right
    with pytest.raises(FaultInvalid) as refused:
        _check(write(GOOD.replace(right, wrong).replace('symptoms = ["drains-fast"]', "")))
    assert meant in refused.value.hint
    assert refused.value.exit_status == 3


@pytest.mark.parametrize(
    "change",
    [
        ('kind = "hardware"', 'kind = "hardwere"'),
        ('code = "battery.test"', 'code = "display.test"'),
        ('repair = ["replace-battery"]', "repair = []"),
        ("for = [", "fro = ["),
        ('state_of_health" }', 'state_of_health", is = ["not_run"] }'),
        ('state_of_health" }', 'state_of_health", is = ["observed"] }'),
        ('title = { en = "Test", zh = "测试" }', 'title = { en = "Test" }'),
        ("[[cause]]", "[[cause]"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(write: Write, change: tuple[str, str]) -> None:
    assert change[0] in GOOD
    with pytest.raises(FaultInvalid, match=r"faults\.toml"):
        _check(write(GOOD.replace(*change)))


def test_two_causes_of_one_code_are_refused(write: Write) -> None:
    with pytest.raises(FaultInvalid, match="carries the cause"):
        load_knowledge([write(GOOD + GOOD)])


def test_a_suspect_must_explain_its_symptom(write: Write) -> None:
    slow = load_symptoms()["slow"].model_copy(update={"suspects": ("battery.test",)})
    names = Names(
        {n: loaded.probe.measures for n, loaded in PROBES.items()},
        {"slow": slow, "drains-fast": load_symptoms()["drains-fast"]},
        load_actions(),
    )
    with pytest.raises(FaultInvalid, match="does not explain it"):
        check_knowledge(load_knowledge([write(GOOD)]), names)


def test_symptoms_are_named_once_and_unknown_ones_refused() -> None:
    assert [s.code for s in symptoms_named(["slow", "wifi", "slow"])] == ["slow", "wifi"]
    assert symptoms_known(["slow", "long-gone"]) == symptoms_named(["slow"])
    with pytest.raises(UnknownName) as refused:
        symptoms_named(["sloww"])
    assert "slow" in refused.value.hint


def test_a_broken_symptom_catalogue_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "symptoms.toml"
    path.write_text('[slow]\ntitle = { en = "Slow" }\n', "utf-8")
    with pytest.raises(SymptomInvalid, match=r"slow: title\.zh"):
        load_symptoms(path)
    with pytest.raises(CatalogError):
        load_symptoms(tmp_path / "absent.toml")


def test_a_probe_joins_a_symptom_by_saying_so() -> None:
    shipped = bundled_probes()
    own = replace(shipped["usb.port"].probe, id="shop.own", symptoms=("slow",))
    probes = {name: shipped[name] for name in ("storage.space", "audio.cards")}
    probes["shop.own"] = replace(shipped["usb.port"], probe=own)
    assert probes_for(symptoms_named(["slow"]), probes) == ("storage.space", "shop.own")


def test_a_glob_of_a_symptom_does_not_mean_a_probe_that_takes_half_a_minute() -> None:
    """`drains-fast` names `battery.*`: its quick check stays quick, its proof stays possible."""
    found = probes_for(symptoms_named(["drains-fast"]), bundled_probes())
    assert "battery.health" in found
    assert "battery.charge_flow" not in found
    assert "touch.ghost" in probes_for(symptoms_named(["ghost-touch"]), bundled_probes())


def test_the_command_lists_and_shows_causes() -> None:
    listed = diagnose("faults", "list", "--symptom", "wifi", "--json").json["faults"]
    assert "radio.wifi-chip-dead" in {fault["code"] for fault in listed}
    shown = diagnose("faults", "show", "battery.worn", "--json", "--lang", "zh-CN").json
    assert shown["title"] == "电池老化"
    assert shown["actions"][0]["part"] == "battery"
    assert diagnose("faults", "show", "battery.wron").status == 2
    assert diagnose("symptoms", "show", "slow", "--lang", "en").out.startswith("slow  Slow")


def test_a_run_with_broken_knowledge_beside_own_probes_ends_with_3(write: Write) -> None:
    folder = write(GOOD.replace("state_of_health", "state_of_helth"))
    (folder / "battery" / "mine.py").write_text(
        (PROBES["stability.uptime"].path.read_text("utf-8")).replace(
            '"stability.uptime"', '"battery.mine"'
        ),
        "utf-8",
    )
    ended = diagnose("run", "--probe-dir", folder, "--dry-run")
    assert ended.status == 3, ended.out
    assert "battery.health.state_of_health" in ended.err
