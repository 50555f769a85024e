"""Every probe keeps the rules of the catalogue: nothing is listed anywhere by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from diagnose.errors import ProbeInvalid, UnknownName
from diagnose.knowledge.causes import knowledge_beside
from diagnose.knowledge.probes import LoadedProbe, load_probes, select
from diagnose.model.requests import Effect
from diagnose.model.text import Text
from diagnose.privacy.policy import EVERYTHING_READ

ROOT = Path(__file__).parents[2]
PROBES = load_probes()
EACH = pytest.mark.parametrize("loaded", PROBES.values(), ids=list(PROBES))


def _texts(loaded: LoadedProbe) -> list[Text]:
    probe = loaded.probe
    about = probe.about
    texts = [probe.title, about.tested, about.meaning, about.consequence, about.action]
    for spec in probe.measures.values():
        texts += [spec.title, *spec.says.values(), *([spec.advice] if spec.advice else [])]
    return texts


@EACH
def test_every_text_is_there_in_both_languages(loaded: LoadedProbe) -> None:
    for text in _texts(loaded):
        assert text.en.strip()
        assert text.zh.strip(), f"no Chinese for {text.en!r}"
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text.zh) or text.zh == text.en


def test_one_english_text_has_one_chinese() -> None:
    """Reports carry their translations by the English text: of two, one would be lost."""
    chinese: dict[str, set[str]] = {}
    for loaded in PROBES.values():
        facts = [fact.title for fact in loaded.probe.facts.values()]
        for text in (*_texts(loaded), *facts):
            chinese.setdefault(text.en, set()).add(text.zh)
    for cause in knowledge_beside(PROBES).causes.values():
        chinese.setdefault(cause.title.text.en, set()).add(cause.title.text.zh)
    assert {en: zh for en, zh in chinese.items() if len(zh) > 1} == {}


@EACH
def test_every_request_may_be_sent_and_only_reads(loaded: LoadedProbe) -> None:
    policy = EVERYTHING_READ
    for request in loaded.probe.requests:
        assert request.effect in (Effect.READ, Effect.LISTEN, Effect.BOOTROM)
        assert policy.refusal(request) is None, request.key


@EACH
def test_every_probe_has_a_test_of_its_own(loaded: LoadedProbe) -> None:
    name = loaded.probe.id.replace(".", "_")
    test = ROOT / "tests" / "probes" / f"test_{name}.py"
    assert test.is_file(), "CONTRIBUTING.md, “A new probe”, says what it holds"
    words = test.read_text("utf-8")
    assert loaded.probe.id in words, f"{test.name} never asks for {loaded.probe.id}"
    assert "def test_" in words


@EACH
def test_placeholders_in_texts_can_be_filled(loaded: LoadedProbe) -> None:
    for spec in loaded.probe.measures.values():
        for text in spec.says.values():
            filled = text.format(value="1", unit="%", place="there")
            assert "{" not in filled.en + filled.zh


def test_there_are_probes_of_many_areas() -> None:
    assert len(PROBES) >= 15
    assert len({loaded.probe.area for loaded in PROBES.values()}) >= 10


def test_an_unknown_probe_names_the_near_match() -> None:
    with pytest.raises(UnknownName, match="batery") as raised:
        select(PROBES, ["batery.health"])
    assert "battery.health" in raised.value.hint


def test_a_probe_file_without_a_probe_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "area").mkdir()
    (tmp_path / "area" / "thing.py").write_text("x = 1\n")
    with pytest.raises(ProbeInvalid, match="holds no PROBE"):
        load_probes([tmp_path])


def test_a_probe_file_that_crashes_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "area").mkdir()
    (tmp_path / "area" / "thing.py").write_text("1 / 0\n")
    with pytest.raises(ProbeInvalid, match="ZeroDivisionError"):
        load_probes([tmp_path])
