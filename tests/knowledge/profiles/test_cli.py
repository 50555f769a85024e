"""`diagnose profiles …`: what other programs get, and with which exit status."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.commandline import Ended, diagnose_here

GETPROP = """\
[ro.product.manufacturer]: [HUAWEI]
[ro.product.brand]: [HUAWEI]
[ro.product.model]: [VOG-AL10]
[ro.build.fingerprint]: [HUAWEI/VOG-AL10/HWVOG:10/HUAWEIVOG-AL10/10.1.0.1:user/release-keys]
"""


def call(*words: str | Path) -> Ended:
    return diagnose_here("profiles", *words)


def test_list_gives_json_and_nothing_else() -> None:
    listed = call("list", "--json").json["profiles"]
    assert len(listed) > 80
    assert {"id", "title", "extends", "sha256"} <= set(listed[0])


def test_show_tells_every_source() -> None:
    shown = call("show", "huawei/p30-pro", "--json").json
    assert shown["extends"] == ["huawei/_base", "generic"]
    assert all(fact["source"]["text"] for fact in shown["facts"].values())
    assert "consumer.huawei.com" in call("show", "huawei/p30-pro").out


def test_an_unknown_name_brings_the_near_one() -> None:
    ended = call("show", "huawei/p30pro")
    assert (ended.status, "huawei/p30-pro" in ended.err) == (2, True)


def test_check_is_silent_about_a_good_database() -> None:
    checked = call("check", "--json")
    assert checked.status == 0
    assert checked.json["problems"] == []


def test_check_of_a_wrong_profile_is_exit_status_3(tmp_path: Path) -> None:
    wrong = 'schema = 1\nid = "wrong"\n[facts]\nnfcc = { value = true, source = "acme.test: x",'
    (tmp_path / "wrong.toml").write_text(f'{wrong} confidence = "vendor" }}\n')
    checked = call("check", "--json", "--profile-dir", str(tmp_path))
    assert checked.status == 3
    assert "nfc" in checked.json["problems"][0]["hint"]


def test_check_finds_a_wrong_value_of_a_real_fact(tmp_path: Path) -> None:
    entry = '{ value = ["acelerometer"], source = "acme.test: x", confidence = "guess" }'
    matched = 'schema = 1\nid = "wrong"\n[match]\n"ro.product.model" = "Wrong One"\n'
    (tmp_path / "wrong.toml").write_text(f"{matched}[facts]\nsensor_types = {entry}\n")
    checked = call("check", "--json", "--profile-dir", str(tmp_path))
    assert checked.status == 3
    (problem,) = checked.json["problems"]
    assert (problem["profile"], problem["key"]) == ("wrong", "facts.sensor_types")
    assert "accelerometer" in problem["hint"]


def test_suggest_drafts_from_the_output_of_getprop(tmp_path: Path) -> None:
    output = tmp_path / "getprop.txt"
    output.write_text(GETPROP)
    draft = call("suggest", output).out
    assert "gets the profile: huawei/p30-pro" in draft
    assert tomllib.loads(draft)["match"] == {"ro.product.model": "VOG-AL10"}


@pytest.mark.parametrize(
    ("text", "status", "answer"), [(None, 2, "said.txt"), ("no property", 3, "no property")]
)
def test_suggest_says_what_it_cannot_read(
    tmp_path: Path, text: str | None, status: int, answer: str
) -> None:
    path = tmp_path / "said.txt"
    if text is not None:
        path.write_text(text)
    ended = call("suggest", path)
    assert (ended.status, answer in ended.err) == (status, True), ended.err


@pytest.mark.usefixtures("adb_server")
def test_suggest_drafts_from_a_connected_phone() -> None:
    """The phone is read by the way; its capture stays nowhere."""
    draft = call("suggest", "--simulated", "mate-40-pro")
    assert draft.status == 0
    read = tomllib.loads(draft.out)
    assert read["id"].startswith("huawei/")
    assert read["facts"]["display_px"]["value"] == "1344x2772"
    assert read["facts"]["cpu_cores"]["confidence"] == "guess"


@pytest.mark.usefixtures("adb_server")
def test_suggest_without_a_phone_says_what_to_do() -> None:
    ended = call("suggest")
    assert (ended.status, "USB debugging" in ended.err) == (4, True)


def test_suggest_takes_a_capture_or_a_phone(tmp_path: Path) -> None:
    ended = call("suggest", tmp_path, "-s", "x")
    assert (ended.status, "not both" in ended.err) == (2, True)
