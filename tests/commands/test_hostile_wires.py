"""Words of descriptors, bootloader variables and modem answers are a stranger's, in every sink."""

from __future__ import annotations

import io
import json
import re
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader
from tests.commandline import diagnose_here

from diagnose.cli.devices import _show
from diagnose.jobs.virtual import shown_phone
from diagnose.simulator.appearance import APPEARANCES
from diagnose.simulator.hostile import ATTACKS
from diagnose.simulator.specification import parse_specification

STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PHONES = (
    "pixel-9+fastboot-only+hostile",
    "galaxy-s23+debugging-off+hostile",
    "xiaomi-13+edl+hostile",
    "pixel-9+hdc+hostile",
)


class Elements(HTMLParser):
    """Every element of a page, and every attribute by its name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def run(phone: str, out: Path, *more: str) -> tuple[str, str]:
    words = ("run", "--simulated", phone, "--out", out, "--junit", out / "j.xml")
    ended = diagnose_here(*words, "--allow", "bootrom", *more)
    assert "Traceback" not in ended.err
    assert (out / "report.html").exists(), ended.err
    return ended.out, ended.err


@pytest.mark.parametrize("phone", PHONES)
def test_a_hostile_phone_below_its_system_reaches_no_sink(phone: str, tmp_path: Path) -> None:
    for output in run(phone, tmp_path, "--lang", "en"):
        assert not STEERING.search(output)
    for name in ("report.html", "annex.html"):
        text = (tmp_path / name).read_text("utf-8")
        page = Elements(text)
        assert not page.names & {"script", "img", "iframe", "object", "textarea", "link"}, name
        assert not any(key.startswith("on") or key == "src" for key in page.attributes), name
        assert not STEERING.search(text), name
    junit = (tmp_path / "j.xml").read_text("utf-8")
    ET.fromstring(junit)  # noqa: S314 - our own file: that it is well formed is the point
    assert not STEERING.search(junit)
    assert {path.name for path in tmp_path.iterdir()} == {
        *("capture.jsonl", "report.html", "annex.html", "report.json", "j.xml", "manifest.json")
    }
    assert not Path("/tmp/diagnose-owned").exists()  # noqa: S108 - what the attack would make


@pytest.mark.parametrize("phone", PHONES)
def test_its_json_can_steer_nothing_and_holds_no_serial_number(phone: str, tmp_path: Path) -> None:
    out, _ = run(phone, tmp_path, "--json")
    report = json.loads(out)
    assert not STEERING.search(out)
    for text in (out, (tmp_path / "report.json").read_text("utf-8")):
        assert "4A171AAAA0001" not in text
        assert not STEERING.search(text)
    assert not STEERING.search(json.dumps(report["device"], ensure_ascii=False))


@pytest.mark.slow
@pytest.mark.parametrize("phone", PHONES)
def test_every_other_view_of_it_shows_harmless_words(phone: str, tmp_path: Path) -> None:
    """PDF, events, GitHub's notes, `report show`, `report diff`, `capture show`, a ticket."""
    one, other = tmp_path / "one", tmp_path / "other"
    live = tmp_path / "live"
    views: dict[tuple[object, ...], str] = {}
    for out, order in ((live, phone), (other, phone.removesuffix("+hostile"))):
        more = ("--pdf", "--events", "--github", "--timings", "--lang", "en")
        views["run", out], views["events", out] = run(order, out, *more)
    armed(live, tmp_path / "armed")
    views["replay",] = diagnose_here("replay", tmp_path / "armed", "--out", one, "--pdf").out
    for name in ("report.pdf", "annex.pdf"):
        for page in PdfReader(io.BytesIO((one / name).read_bytes())).pages:
            views[name, str(page.page_number)] = page.extract_text()
            assert not _active(page), name
    for lang in ("C.UTF-8", "zh_CN.UTF-8"):
        casebook = {"DIAGNOSE_CASEBOOK": str(tmp_path / lang)}  # once each
        for words in (
            ("report", "show", one, "--all-points"), ("report", "diff", one, other),
            ("report", "diff", other, one, "--json"), ("capture", "show", one),
            ("replay", one), ("ticket", "send", one, "--system", "stdout", "--wait"),
        ):  # fmt: skip
            ended = diagnose_here(*words, env={"LC_ALL": lang, **casebook})
            assert ended.status in (0, 1, 5), (words, ended.err)
            views[lang, *words] = ended.out + ended.err
    for where, output in views.items():
        assert output.strip(), where
        assert not STEERING.search(output), (where, output)
    assert not Path("/tmp/diagnose-owned").exists()  # noqa: S108 - what the attack would make


def _active(page: Any) -> list[Any]:
    """Annotations that do something when they are clicked: links that a phone's words made."""
    notes = [note.get_object() for note in page.get("/Annots") or ()]
    return [one for one in notes if "127.0.0.1" in str(one.get("/A", ""))]


def armed(out: Path, folder: Path) -> int:
    """Put every attack where its answer was not kept: a capture of somebody else may hold them."""
    attack, done = "word" + "".join(ATTACKS), 0
    folder.mkdir()
    with (folder / "capture.jsonl").open("w", encoding="utf-8") as file:
        for line in (out / "capture.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            if record.get("dropped"):
                output = record["stdout"].replace("<dropped:1>", attack)
                record["stdout"] = output.replace("\n\nOK", f"\n{attack}\n\nOK")
                done += 1
            file.write(json.dumps(record) + "\n")
    return done


@pytest.mark.parametrize("phone", PHONES[:2])
def test_the_attacks_do_arrive(phone: str, tmp_path: Path) -> None:
    """Else the tests here would pass for want of an enemy; what a live phone says is dropped."""
    run(phone, tmp_path / "run")
    assert armed(tmp_path / "run", tmp_path / "armed")
    ended = diagnose_here("replay", tmp_path / "armed", "--lang", "en", "--all-points")
    assert "<script>" in ended.out
    assert not STEERING.search(ended.out + ended.err)


@pytest.mark.parametrize("appearance", sorted(APPEARANCES))
def test_the_list_of_devices_shows_them_as_harmless_words(
    appearance: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as stack:
        order = parse_specification(f"galaxy-s23+{appearance}+hostile")
        device = shown_phone(stack, order, 1)
        for lang in ("en", "zh-CN"):
            _show((device,), lang, as_json=False)
            _show((device,), lang, as_json=True)
    assert not STEERING.search(capsys.readouterr().out)
