"""`diagnose report render` and `--pdf`, as an operator types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.commandline import diagnose
from tests.report import samples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "report.json").write_text(samples.faulty().model_dump_json(), "utf-8")
    return tmp_path


def test_pdf_html_and_junit_in_one_go_in_both_languages(folder: Path) -> None:
    targets = [folder / name for name in ("a.html", "b.pdf", "c.xml")]
    options = [
        word for pair in zip(("--html", "--pdf", "--junit"), targets, strict=True) for word in pair
    ]
    done = diagnose("report", "render", folder, *options, "--lang", "both")
    assert (done.status, done.out.split()) == (0, [str(target) for target in targets])
    assert "A fault was found" in targets[0].read_text("utf-8")
    assert "检测到故障" in targets[0].read_text("utf-8")
    assert targets[1].read_bytes().startswith(b"%PDF-")


def test_html_is_the_default_and_stands_beside_the_report(folder: Path) -> None:
    done = diagnose("report", "render", folder, "--lang", "zh-CN")
    assert done.out.split() == [str(folder / "report.html"), str(folder / "annex.html")]
    assert '<html lang="zh-CN">' in (folder / "report.html").read_text("utf-8")


def test_before_and_after_stand_side_by_side(folder: Path, tmp_path: Path) -> None:
    after = tmp_path / "after.json"
    after.write_text(samples.repaired().model_dump_json(), "utf-8")
    page = tmp_path / "after.html"
    done = diagnose("report", "render", after, "--before", folder, "--html", page, "--lang", "en")
    assert done.status == 0
    assert "Before and after" in page.read_text("utf-8")


@pytest.mark.parametrize("command", [("run",), ("replay", "nowhere")])
def test_a_pdf_needs_a_folder_and_that_is_said_before_anything_is_done(
    command: tuple[str, ...],
) -> None:
    done = diagnose(*command, "--pdf")
    assert done.status == 2
    assert "--pdf needs a folder" in done.err
    assert "--out DIR" in done.err
