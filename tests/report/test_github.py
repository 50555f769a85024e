"""Workflow annotations and the step summary: a phone's words stay words."""

from __future__ import annotations

import pytest
from tests.report import samples
from tests.report.test_html import ATTACKS, poisoned

from diagnose.report.github import step_summary, workflow_commands


def test_every_ground_is_an_error_and_attention_a_warning() -> None:
    lines = list(workflow_commands([samples.faulty()], [("emulator-5554", "unauthorized")]))
    assert any(line.startswith("::error title=") and "battery.health" in line for line in lines)
    assert any(line.startswith("::warning title=") for line in lines)
    assert lines[-1] == "::error title=emulator-5554::not examined: unauthorized"
    assert list(workflow_commands([samples.complete()])) == []


@pytest.mark.parametrize("words", [*ATTACKS, "a\n::error::forged", "50%\r\n::stop-commands::x"])
def test_no_phone_can_write_a_command(words: str) -> None:
    for line in workflow_commands([poisoned(words)], [(words, words)]):
        assert line.startswith(("::error title=", "::warning title="))
        assert "\n" not in line
        assert "\r" not in line


@pytest.mark.parametrize("words", [*ATTACKS, "a|b`c<img src=x>"])
def test_the_summary_stays_a_table(words: str) -> None:
    page = step_summary([poisoned(words)], [(words, words)])
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert all(row.replace("\\|", "").count("|") == 6 for row in rows)
    assert "<img" not in page
    assert "<script" not in page


def test_the_summary_names_each_phone() -> None:
    page = step_summary([samples.complete(), samples.faulty()], [("emulator-5554", "offline")])
    assert "| 0 |" in page
    assert "| 1 |" in page
    assert "not examined: offline" in page
