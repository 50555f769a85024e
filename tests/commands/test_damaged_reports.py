"""A report.json is a stranger's: whatever it holds ends in one plain line, in every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commandline import diagnose_here
from tests.run.damage import STRANGE, places
from tests.thinning import examples

CAPTURE = Path(__file__).parents[1] / "captures" / "pixel-9"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    assert diagnose_here("replay", CAPTURE, "--out", folder).status == 0
    return folder


@pytest.mark.slow
@settings(max_examples=examples(150))
@given(data=st.data())
def test_a_report_changed_anywhere_is_read_or_refused_in_one_line(
    report: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = json.loads((report / "report.json").read_text("utf-8"))
    *outer, last = data.draw(st.sampled_from(list(places(content))))
    inner = content
    for key in outer:
        inner = inner[key]
    inner[last] = data.draw(st.sampled_from(STRANGE))
    folder = tmp_path_factory.mktemp("changed")
    (folder / "report.json").write_text(json.dumps(content))
    for words in (("show", folder), ("verify", folder), ("diff", folder, report)):
        ended = diagnose_here("report", *words)
        assert ended.status in {0, 1, 2, 3, 5}, (words, ended.err)
        assert "a bug in diagnose" not in ended.err
