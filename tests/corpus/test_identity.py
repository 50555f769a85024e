"""Identity against every real `getprop` whose manifest states model and system version."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diagnose.judging.identity import JudgedIdentity, identify
from diagnose.parsers.getprop import parse_getprop
from diagnose.text import decode

CORPUS = Path(
    os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[2].parent / "shared" / "corpus")
)
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
]

# What the manifest's author wrote and the phone itself states nowhere in its properties.
NOT_STATED = {
    "MYUI": "Motorola's Chinese builds carry no name or version of MYUI",
    "ObricUI": "the phone states a version but no name of its system",
    "Google": "the author wrote the maker, the system is plain Android",
}
OTHERWISE = {
    "nubia-NX709S-13": "says nubiaUI 6.0 where its author writes RedMagicOS",
    "xiaomi-2201122C-13": "runs 14.0.18, its author wrote 14.0.10",
    "vivo-V1936A-11": "says OriginOS 1.0, the author wrote the build 1.9.16.42",
    "motorola-XT1924-9-8.0.0": "says ZUI 3.5, the author wrote the build 3.5.91",
}
NAMES = {
    "OneUI": "One UI",
    "realmeUI": "realme UI",
    "MagicUI": "Magic UI",
    "nubiaUI": "nubia UI",
    "FuntouchOS": "Funtouch OS",
    "SmartisanOS": "Smartisan OS",
    "MiFavorUI": "MiFavor UI",
    "360UI": "360 UI",
    "ROGUI": "ROG UI",
    "MIUI Global": "MIUI",
}
NAME_AND_VERSION = re.compile(r"(360UI|H2OS|OriginOS(?=\d)|[A-Za-z][A-Za-z ]*?)\s*(\d[\d.]*|$)")


def captures() -> Iterator[tuple[str, dict[str, Any], dict[str, str], JudgedIdentity]]:
    for index in sorted(CORPUS.glob("*/index.json")):
        manifest = json.loads(index.read_text("utf-8"))
        for capture in manifest["captures"]:
            if capture["command"] in ("getprop", "getprop / cat /system/build.prop"):
                text = decode((index.parent / capture["file"]).read_bytes())
                yield index.parent.name, manifest, capture, identify(parse_getprop(text))


def test_every_capture_names_brand_model_and_android_version() -> None:
    checked: Counter[str] = Counter()
    for name, manifest, _capture, who in captures():
        if name in ("huawei-mate-8-7.0", "huawei-mate-9-7.0"):
            assert who.model == "", "a bare system image names no model"
            continue
        checked["model"] += 1
        assert who.model, name
        assert who.brand, name
        assert not who.emulator, name
        if stated := re.search(r"\(([^(),]+), ", manifest["device"]):
            checked["model as stated"] += 1
            assert who.model == stated[1], name
        if not name.startswith("huawei-G700"):  # its folder says 4.2, its property 4.4.2
            checked["Android version"] += 1
            assert who.android_version == manifest["os_version"], name
    print(f"\nidentity: {dict(checked)}")
    assert checked["model as stated"] >= 95


def test_system_name_and_version_are_those_of_the_manifest() -> None:
    right: Counter[str] = Counter()
    wrong = []
    for name, _manifest, capture, who in captures():
        stated = re.search(r"ROM=([^;]*)", capture.get("notable") or "")
        if not stated or stated[1].split(" ")[0] in NOT_STATED:
            right["not stated by the phone"] += bool(stated)
            continue
        system, version = system_of(stated[1])
        if (who.os == system and versions_agree(who.os_version, version)) or name in OTHERWISE:
            right["otherwise than its author" if name in OTHERWISE else "right"] += 1
        else:
            wrong.append(f"{name}: {stated[1]} read as {who.os} {who.os_version}")
    print(f"\nsystem: {dict(right)} wrong: {wrong}")
    assert not wrong
    assert right["right"] >= 85


def test_marketing_names_agree_with_the_manifest() -> None:
    checked = agreeing = 0
    for _name, _manifest, capture, who in captures():
        stated = re.search(r"marketing=([^;]*)", capture.get("notable") or "")
        if not stated or not who.marketing_name:
            continue
        checked += 1
        agreeing += bool(set(words(stated[1])) & set(words(who.marketing_name)))
    print(f"\nmarketing names: {checked} stated, {agreeing} agree")
    assert agreeing >= 0.9 * checked
    assert checked >= 70


def system_of(stated: str) -> tuple[str, str]:
    match = NAME_AND_VERSION.match(stated)
    assert match, stated
    name = match[1].strip()
    return NAMES.get(name, name), match[2]


def versions_agree(read: str, stated: str) -> bool:
    """One of them may leave out trailing zeros or the build that follows the version."""
    ours, theirs = read.split("."), stated.strip(".").split(".")
    shorter = min(len(ours), len(theirs))
    rest = ours[shorter:] + theirs[shorter:]
    return ours[:shorter] == theirs[:shorter] and (shorter == 1 or set(rest) <= {"0"})


def words(name: str) -> list[str]:
    return re.findall(r"[a-z]+|\d+|[\u4e00-\u9fff]+", name.lower())
