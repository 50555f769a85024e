"""What the phone calls things is said in the reader's words, and which part a value is of."""

from __future__ import annotations

import re

import pytest
from tests.judging.causes.bench import PROBES, report_of

from diagnose.knowledge.probes import measures_known
from diagnose.knowledge.profiles.citation import cited
from diagnose.model.criterion import Basis, OneOf, Range, Source
from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.model.result import Measurement
from diagnose.model.text import Text
from diagnose.model.unit import Unit
from diagnose.report.selection import value_text
from diagnose.report.wording import PageWords

ZH, EN = PageWords("zh-CN"), PageWords("en")
RAW = re.compile(r"\b(in_service|LOADED|ON|OFF|sink|Enforcing|kernel_panic|NORMAL)\b")


def measurement(report: Report, id_: str) -> Measurement:
    return next(m for r in report.results for m in r.measurements if m.id == id_)


@pytest.mark.parametrize("phone", ["galaxy-s23", "xiaomi-13", "mate-40-pro", "pixel-9"])
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_no_raw_word_of_the_phone_is_shown_where_a_person_has_one(phone: str, lang: str) -> None:
    report = report_of(phone)
    words = PageWords.of(report, lang)
    own_names = ("identity.", "sensor.vendors.", "audio.cards.", "touch.panel.controller")
    for result in report.results:
        for value in result.measurements:
            if not value.id.startswith(own_names):
                assert not RAW.search(words.value(value)), value.id


def test_a_word_means_what_its_measure_means_by_it() -> None:
    report = report_of("pixel-9")
    kind, start, soc = (
        measurement(report, name)
        for name in (
            "integrity.build.type",
            "stability.boot_history.last_start",
            "identity.device.soc",
        )
    )
    assert kind.word("user") == Text("as sold (user)", "正式版（user）")
    assert start.word("user").zh == "用户操作"
    assert start.word("kernel_panic").en == "kernel panic", "its limit names it too"
    assert soc.word("SM8550") == Text("SM8550", "SM8550")


def test_every_word_of_a_limit_is_said_in_both_languages() -> None:
    """A limit of words is the list of what a probe may say; `red` alone is no Chinese."""
    missing = [
        f"{name}: {value}"
        for name, spec in measures_known().items()
        if isinstance(spec.criterion, OneOf)
        for value in (*spec.criterion.good, *spec.criterion.attention, *spec.criterion.fail)
        if isinstance(value, str) and not (spec.words.get(value) or Text("")).zh  # type: ignore[call-overload]
    ]
    assert missing == []


def test_a_repeated_measure_says_which_part_it_is_of() -> None:
    report = report_of("galaxy-s23")
    skin = measurement(report, "thermal.temperatures.zone.skin")
    assert value_text(skin, EN).startswith("Temperature (case) ")
    assert value_text(skin, ZH).startswith("温度（机身）")
    assert measurement(report, "radio.sim.slot.2").place == Text("SIM 2", "卡 2")
    assert measurement(report, "usb.port.power_role.port0").place == Text("")
    assert measurement(report, "battery.health.cycles").place == Text("")


def test_a_current_that_counts_the_other_way_round_says_so() -> None:
    current = measurement(report_of("xiaomi-13"), "battery.current.now")
    assert isinstance(current.value, float)
    assert current.value < 0
    assert "sign may be reversed" in value_text(current, EN)
    assert "符号可能相反" in value_text(current, ZH)


def test_one_is_singular_in_english() -> None:
    assert EN.quantity(1, Unit.MONTH) == "1 month"
    assert EN.quantity(2, Unit.MONTH) == "2 months"
    assert EN.quantity(1, Unit.DAY) == "1 day"
    assert ZH.quantity(1, Unit.MONTH) == "1 个月"


def test_wear_is_said_in_percent_not_in_steps() -> None:
    used = measurement(report_of("xiaomi-13", ("storage-worn",)), "storage.wear.life_estimate")
    assert re.fullmatch(r"up to \d0 % used", EN.value(used))
    assert "80 %" in EN.limit(used)


def test_every_source_of_a_shipped_limit_has_chinese_words_or_is_a_name() -> None:
    limits = (s.criterion for one in PROBES.values() for s in one.probe.measures.values())
    missing = [
        str(limit.source.text) for limit in limits if limit and not _is_worded(limit.source.text)
    ]
    assert missing == []


def _is_worded(source: Text) -> bool:
    return bool(source.zh) or "Manager.PART_STATUS" in source.en


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("www.mi.com: specifications of Xiaomi 13", "www.mi.com：Xiaomi 13 规格"),
        (
            'a.com: "How": at least 80 % after about 800 charge cycles',
            "a.com：“How”：约 800 次循环后容量不低于 80%",
        ),
        ("a shop's own rule", ""),
    ],
)
def test_a_composed_source_is_translated_around_its_name(english: str, chinese: str) -> None:
    assert cited(english).zh == chinese


RULE = Text("a shop's own rule")


def test_a_source_of_somebody_else_is_shown_as_it_was_written() -> None:
    limit = Range(
        attention_above=1, source=Source(text=Text("a shop's own rule"), basis=Basis.GUESS)
    )
    one = Measurement(
        id="a.b.c", title=Text("C"), value=2, outcome=Outcome.ATTENTION, criterion=limit
    )
    assert ZH.source(one).startswith("a shop's own rule [")


def test_a_report_carries_the_chinese_of_its_sources() -> None:
    """A view of a stored report needs no probe: the words of the limits stand in its table."""
    report = report_of("galaxy-s23")
    stored = Report.model_validate_json(report.model_dump_json())
    limits = [m for r in stored.results for m in r.measurements if m.criterion]
    assert limits
    for one in limits:
        assert PageWords.of(stored, "zh-CN").source(one) == ZH.source(
            measurement(report, one.id)
        ), one.id
