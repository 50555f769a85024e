"""A symptom is found by what people call it, in Chinese or by the initials of its pinyin."""

from __future__ import annotations

import re

import pytest
from tests.commandline import diagnose_here, run_virtual

from diagnose.errors import UnknownName, UsageError
from diagnose.knowledge.symptoms import load_symptoms, symptoms_named

SYMPTOMS = load_symptoms()


@pytest.mark.parametrize("code", SYMPTOMS)
def test_it_is_found_by_code_title_and_words(code: str) -> None:
    symptom = SYMPTOMS[code]
    assert symptom.words, "people in China call it something"
    for output in (code, symptom.title.zh, symptom.title.en.upper(), *symptom.words):
        assert [one.code for one in symptoms_named([output])] == [code]


def test_initials_are_of_the_words_and_name_one_symptom_or_are_asked_about() -> None:
    for symptom in SYMPTOMS.values():
        letters = [re.sub(r"[^a-z0-9]", "", word.lower()) for word in symptom.initials]
        assert letters == list(symptom.initials)
        assert all(len(word) > 1 for word in letters)
    assert symptoms_named(["hdk"])[0].code == "drains-fast"
    with pytest.raises(UsageError, match="several symptoms: black-screen"):
        symptoms_named(["hp"])
    with pytest.raises(UnknownName, match="no symptom"):
        symptoms_named(["花瓶"])


def test_glass_battery_and_fall_are_there() -> None:
    assert {"cracked-glass", "swollen-battery", "fell"} <= set(SYMPTOMS)


def test_all_are_listed_with_how_they_are_called() -> None:
    listed = diagnose_here("symptoms", "list", "--lang", "zh-CN").out
    for symptom in SYMPTOMS.values():
        assert symptom.code in listed
        assert symptom.title.zh in listed
    assert "hdk" in listed


def test_a_run_takes_them() -> None:
    report = run_virtual("pixel-9", "--plan", "quick", "--symptom", "碎屏", "--json").json
    assert report["intake"]["symptoms"] == ["cracked-glass"]
    assert report["complaint"][0]["reproduced"] == "untestable"


def test_several_phones_end_with_a_table_of_all() -> None:
    ended = run_virtual("pixel-9", "--simulated", "p30-pro+battery-worn", "--lang", "zh-CN")
    table = ended.out[ended.out.index("全部手机") :].splitlines()
    assert len(table) >= 3
    assert "✓" in table[1] or "Pixel 9" in table[1]
    assert "检测到故障" in ended.out[ended.out.index("全部手机") :]
