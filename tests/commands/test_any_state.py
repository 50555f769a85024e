"""`run` on a phone in any state: one report, honest coverage, nothing that names the phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.commandline import diagnose_here
from tests.thinning import one_in

from diagnose.ladder.state import State, words_for
from diagnose.simulator.appearance import APPEARANCES

SECRETS = (
    *("4A171AAAA0001", "R5CW00AAAAA", "350000000000006"),
    *("0xf933e2c3", "VQEBIAEQtr", "1f2e3d4c"),
)
RUNGS = {
    "fastboot-only": "bootloader",
    "fastbootd": "recovery",
    "edl": "boot_rom",
    "edl-mute": "boot_rom",
    "ramdump": "boot_rom",
    "brom": "boot_rom",
    "preloader": "bootloader",
    "kirin-vcom": "boot_rom",
    "tensor-rom": "boot_rom",
    "samsung-download": "bootloader",
    "exynos-eub": "boot_rom",
    "unisoc-download": "boot_rom",
    "apple-dfu": "boot_rom",
    "hdc": "system_closed",
    "debugging-off": "system_closed",
    "charge-only": "unknown",
    "silent": "nothing",
}


def examined(phone: str, out: Path, *more: str) -> tuple[int, Any, str]:
    ended = diagnose_here(
        "run", "--simulated", phone, "--out", out, "--lang", "en", "--json", *more
    )
    assert ended.out, ended.err
    return ended.status, ended.json, (out / "capture.jsonl").read_text("utf-8")


def values(report: Any) -> dict[str, Any]:
    return {m["id"]: m["value"] for r in report["results"] for m in r["measurements"]}


@pytest.mark.parametrize("appearance", one_in(8, APPEARANCES))
def test_every_appearance_gives_a_report_that_hides_who_the_phone_is(
    appearance: str, tmp_path: Path
) -> None:
    status, report, capture = examined(f"galaxy-s23+{appearance}", tmp_path, "--allow", "bootrom")
    assert status == 5  # no system answered: nothing of it is complete
    assert report["plan"]["name"] == "no-boot"
    assert report["summary"]["outcome"] != "pass"
    assert report["coverage"]["not_run"] > 60
    if appearance in RUNGS:
        assert values(report)["startup.state.rung"] == RUNGS[appearance]
    for secret in SECRETS:
        assert secret not in capture
        assert secret not in json.dumps(report)
    replayed = diagnose_here("replay", tmp_path, "--json")
    assert replayed.json["digest"] == report["digest"]
    assert (tmp_path / "report.html").stat().st_size > 10_000


def test_a_bootloader_that_gave_up_names_the_cause(tmp_path: Path) -> None:
    _, report, _ = examined("pixel-9+slot-unbootable", tmp_path)
    assert report["faults"][0]["code"] == "startup.system-unbootable"
    assert report["faults"][0]["confidence"] != "possible"
    assert report["device"]["model"] == "tokay"
    assert {a["channel"]: a["state"] for a in report["device"]["attachments"]} == {
        "usb": "fastboot",
        "fastboot": "fastboot",
    }


def test_a_phone_somebody_put_into_its_bootloader_is_not_called_faulty(tmp_path: Path) -> None:
    _, report, _ = examined("pixel-9+fastboot-only", tmp_path)
    assert report["faults"] == []
    assert report["summary"]["outcome"] == "attention"


@pytest.mark.parametrize(
    ("phone", "code"),
    [
        ("pixel-9+silent", "startup.nothing-on-usb"),
        ("xiaomi-13+edl", "startup.boot-rom-only"),
    ],
)
def test_a_state_nobody_asks_a_phone_for_is_a_possible_cause_by_itself(
    phone: str, code: str, tmp_path: Path
) -> None:
    _, report, _ = examined(phone, tmp_path)
    found = {fault["code"]: fault for fault in report["faults"]}
    assert found[code]["confidence"] == "possible"
    assert found[code]["next_test"]
    text = (tmp_path / "report.html").read_text("utf-8")
    assert "Too little could be tested for a verdict" in text
    assert "Nothing broken was found" not in text


@pytest.mark.parametrize(
    ("phone", "code"),
    [
        ("pixel-9+silent", "startup.nothing-on-usb"),
        ("xiaomi-13+edl", "startup.boot-rom-only"),
        ("pixel-9+fastboot-only", "startup.bootloader-only"),
        ("pixel-9+fastboot-flat", "startup.battery-empty"),
    ],
)
def test_a_complaint_makes_of_a_state_a_possible_cause(
    phone: str, code: str, tmp_path: Path
) -> None:
    _, report, _ = examined(phone, tmp_path, "--symptom", "will-not-start")
    found = {fault["code"]: fault for fault in report["faults"]}
    assert found[code]["confidence"] in ("possible", "likely")
    assert found[code]["next_test"]


def test_android_behind_a_black_screen(tmp_path: Path) -> None:
    _, report, _ = examined("pixel-9+debugging-off", tmp_path, "--symptom", "black-screen")
    assert values(report)["startup.state.android_alive"] is True
    assert "startup.screen-dark" in [fault["code"] for fault in report["faults"]]


@pytest.mark.parametrize("manner", ["hangs", "late", "shy", "forbidden", "claimed", "stalled"])
def test_a_difficult_bootloader_costs_only_what_it_withholds(manner: str, tmp_path: Path) -> None:
    _, report, _ = examined(f"pixel-9+fastboot-{manner}", tmp_path)
    loader = next(r for r in report["results"] if r["probe"] == "startup.bootloader")
    withheld = manner in ("forbidden", "claimed", "stalled")
    assert loader["outcome"] == ("not_run" if withheld else "observed")
    assert report["summary"]["ended"] == "complete"


def test_a_boot_rom_is_spoken_to_only_with_leave(tmp_path: Path) -> None:
    _, report, _ = examined("xiaomi-13+edl", tmp_path / "a")
    assert "sahara:identity" not in [c["request"] for c in report["privacy"]["commands"]]
    _, report, _ = examined("xiaomi-13+edl", tmp_path / "b", "--allow", "bootrom")
    assert values(report)["startup.bootrom.hardware_id"] == "001b80e100000000"
    (asked,) = [c for c in report["privacy"]["commands"] if c["request"] == "sahara:identity"]
    assert (asked["effect"], asked["masked"]) == ("bootrom", 1)


def test_one_appearance_at_a_time() -> None:
    ended = diagnose_here("run", "--simulated", "pixel-9+edl+silent")
    assert ended.status == 2
    ended = diagnose_here("run", "--simulated", "pixel-9+edl+unauthorized")
    assert ended.status == 2


def test_a_phone_that_was_read_has_no_remark_before_its_verdict() -> None:
    ended = diagnose_here("run", "--simulated", "pixel-9", "--scale", "0", "--lang", "en")
    assert "repair mode" not in ended.out


@pytest.mark.parametrize(
    ("appearance", "remedy"),
    [("fastboot-forbidden", "doctor --fix"), ("fastboot-claimed", "close the other program")],
)
def test_what_keeps_us_from_asking_comes_first(appearance: str, remedy: str) -> None:
    ended = diagnose_here("run", "--simulated", f"pixel-9+{appearance}", "--lang", "en")
    assert remedy in " ".join(ended.out.partition("next:")[2].split())


@pytest.mark.parametrize("appearance", one_in(8, RUNGS))
def test_the_page_names_the_state_and_what_to_do_about_it(appearance: str) -> None:
    for lang in ("en", "zh-CN"):
        ended = diagnose_here("run", "--simulated", f"galaxy-s23+{appearance}", "--lang", lang)
        report = diagnose_here("run", "--simulated", f"galaxy-s23+{appearance}", "--json")
        words = words_for(State(values(report.json)["startup.state.state"]))
        shown = "".join(ended.out.split()).lower()
        for output in (words.title, words.next_step):
            start = (output.zh if lang == "zh-CN" else output.en)[:40]
            assert "".join(start.split()).lower() in shown, (lang, start, ended.out)
