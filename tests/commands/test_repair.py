"""A whole repair on virtual phones: the complaint, the consent, another battery, the acceptance."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.commandline import Ended, diagnose_here, run_virtual

pytestmark = pytest.mark.usefixtures("adb_server")

ORAL = ("--method", "oral", "--person", "王小明", "--phone", "13800138000")
SYMPTOM = ("--symptom", "drains-fast")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {
        "DIAGNOSE_CASEBOOK": str(tmp_path / "cases.db"),
        "DIAGNOSE_CONFIG": str(tmp_path / "config"),
    }


def _case(env: dict[str, str], *words: str | Path, status: int = 0) -> Any:
    ended = diagnose_here("case", *words, "--json", env=env)
    assert ended.status == status, ended.err + ended.out
    return ended.json


def _probe(phone: str, out: Path, env: dict[str, str]) -> Ended:
    return run_virtual(phone, *SYMPTOM, "--out", out, "--lang", "zh-CN", env=env)


def _pages(path: Path) -> list[str]:
    return [re.sub(r"\s|\u200b", "", page.extract_text()) for page in PdfReader(path).pages]


@pytest.mark.slow
def test_a_battery_is_changed_and_nothing_else(tmp_path: Path, env: dict[str, str]) -> None:
    output = ("--complaint", "电池半天就没电", "--name", "王小明", "--lang", "zh-CN")
    name = _case(env, "open", *output, *SYMPTOM)["case_id"]
    assert _probe("galaxy-s23+battery-worn", tmp_path / "before", env).status == 1
    found = _case(env, "diagnose", name, "--report", tmp_path / "before")
    assert found["stage"] == "diagnosed"
    offered = _case(env, "quote", name, "--shop", "example-shenzhen", "--engineer", "李工")
    assert [one["cause"] for one in offered["quote"]["items"]] == ["battery.worn"] * 2
    assert offered["quote"]["received_on"], "the Chinese record wants the day it was handed in"
    assert _case(env, "consent", name, "--accept", "all", *ORAL)["stage"] == "agreed"
    _case(env, "work", name, "--item", "all", "--serial", "replace-battery.part=SN-NEW")

    # Not repaired at all: the same worn battery is still in it.
    _probe("galaxy-s23+battery-worn", tmp_path / "same", env)
    still = _case(env, "verify", name, "--report", tmp_path / "same", status=1)
    assert still["case"]["verification"]["verdict"] == "not_solved"

    assert _probe("galaxy-s23", tmp_path / "after", env).status == 0
    ended = _case(env, "verify", name, "--report", tmp_path / "after", status=5)
    gone = ended["case"]["verification"]
    assert gone["verdict"] == "not_proven"  # this phone's battery is good, and not a new one
    assert "Battery: it has been charged 517 times already: it is not new." in gone["reasons"]
    changed = [(one["part"], one["agreed"]) for one in gone["parts"] if one["state"] == "changed"]
    assert changed == [("battery", True)]
    done = _case(env, "accept", name, "--solved", "yes", "--passed", "all", *ORAL)
    assert done["stage"] == "closed"

    _case(env, "export", name, "--out", tmp_path / "copy", "--with-private")
    _look_at(_pages(tmp_path / "copy" / "report.pdf"))
    assert _case(env, "verify", name)["sound"] is True


def _look_at(pages: list[str]) -> None:
    whole = "".join(pages)
    assert all(len(page) > 40 for page in pages), "no page is empty"
    assert all(f"{number}/{len(pages)}" in page for number, page in enumerate(pages, 1))
    after = whole[whole.index("Beforeandafter") :]
    assert "Nojudgedvaluehaschanged" not in after
    for words in ("Itisnotproventhat", "Thecustomersays:itissolved", "王小明"):
        assert words in after
    assert "SN-NEW" in whole
    assert "电池半天就没电" in pages[0]
