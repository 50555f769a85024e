"""Lines that a customer reads one below the other: no two look the same, nothing touches."""

from __future__ import annotations

import re

from tests.case.rules.samples import Counter, item, quote, report

from diagnose.cli.case.view import lines
from diagnose.model.outcome import Outcome
from diagnose.model.text import Text
from diagnose.report.page.steps import steps
from diagnose.report.phrase import Speaker, flat
from diagnose.report.record import Record


def test_a_title_of_any_length_leaves_a_blank_before_its_price() -> None:
    for length in range(30, 60):
        counter = Counter()
        counter.diagnose()
        long = item("battery-labour").model_copy(update={"title": Text("a" * length + " b c")})
        counter.quote(quote(long))
        shown = "\n".join(lines(counter.case, "en"))
        assert not re.search(r"\w(CNY|EUR) \d", shown), shown


def test_two_values_of_one_name_say_whose_they_are() -> None:
    bad = {name: (Outcome.FAIL, {"in_effect": False}) for name in ("radio.wifi", "radio.bluetooth")}
    good = {name: (Outcome.PASS, {"in_effect": True}) for name in bad}
    before, after = report(bad), report(good)
    say = Speaker(before, "en", {})
    shown = steps(before, Record(before=before, after=after), say)
    titles = [flat(row.title) for step in shown for table in step.tables for row in table.rows]
    assert sorted(titles) == ["radio.bluetooth: in_effect", "radio.wifi: in_effect"]
