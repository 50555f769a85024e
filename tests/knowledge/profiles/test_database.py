"""The shipped profiles: every number sourced, every virtual phone and real capture found."""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from diagnose.knowledge.profiles.load import bundled_profiles, load_profiles, profile_for
from diagnose.knowledge.profiles.match import choose
from diagnose.model.criterion import Basis
from diagnose.parsers.getprop import parse_getprop
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.shell import properties_of
from diagnose.text import decode

ROOT = Path(__file__).parents[3]
CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", ROOT.parent / "shared" / "corpus"))
PROFILES = load_profiles()
CAPTURED = [
    (profile.id, unit.capture)
    for profile in PROFILES.values()
    for unit in profile.seen
    if unit.capture
]
MAKERS = (
    "huawei honor xiaomi samsung oppo realme oneplus vivo google motorola zte nubia meizu lenovo"
)
VIRTUAL = {
    "emulator-14": "emulator",
    "galaxy-s23": "samsung/galaxy-s23",
    "galaxy-z-fold7": "samsung/galaxy-z-fold7",
    "mate-40-pro": "huawei/mate-40-pro",
    "p30-pro": "huawei/p30-pro",
    "pixel-3": "google/pixel-3",
    "pixel-9": "google/pixel-9",
    "redmi-note-8-pro": "xiaomi/redmi-note-8-pro",
    "xiaomi-13": "xiaomi/xiaomi-13",
}


def test_eighty_models_and_more_of_every_maker() -> None:
    models = [name for name in PROFILES if "/" in name and not name.endswith("/_base")]
    by_maker = Counter(name.partition("/")[0] for name in models)
    assert len(models) >= 80
    assert all(by_maker[maker] for maker in MAKERS.split())


def test_every_number_has_a_source_and_a_confidence() -> None:
    for path in bundled_profiles().rglob("*.toml"):
        table = tomllib.loads(path.read_text("utf-8"))
        for entry in [*table.get("facts", {}).values(), *table.get("limits", {}).values()]:
            assert len(entry["source"]) >= 8, path
            assert entry["confidence"] in list(Basis), path


def test_quantities_are_those_of_a_phone() -> None:
    """A slip of the pen (45000 mAh, 12 GHz) in a fact would call good phones faulty."""
    plausible = {
        "battery_typical_mah": range(1000, 12001),
        "battery_design_mah": range(1000, 12001),
        "refresh_hz": range(60, 186),
        "cpu_cores": range(2, 13),
        "camera_lenses_rear": range(1, 7),
        "camera_lenses_front": range(3),
    }
    for profile in PROFILES.values():
        for name, allowed in plausible.items():
            if fact := profile.facts.get(name):
                assert fact.value in allowed, (profile.id, name)


def test_the_rated_capacity_is_below_the_typical_one() -> None:
    for profile in PROFILES.values():
        rated, typical = (profile.facts.get(f"battery_{k}_mah") for k in ("design", "typical"))
        if rated and typical:
            assert isinstance(rated.value, int)
            assert isinstance(typical.value, int)
            assert 0.9 * typical.value < rated.value < typical.value, profile.id


@pytest.mark.parametrize("name", sorted(VIRTUAL))
def test_virtual_phones_get_the_profile_of_their_model(name: str) -> None:
    assert profile_for(properties_of(build_phone(name))).id == VIRTUAL[name]


def test_every_virtual_phone_is_listed_here() -> None:
    assert set(phone_names()) == set(VIRTUAL)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the reference captures are not here")
@pytest.mark.parametrize(("name", "capture"), CAPTURED, ids=[c for _, c in CAPTURED])
def test_captured_phones_get_exactly_their_profile(name: str, capture: str) -> None:
    properties = parse_getprop(decode((CORPUS / capture).read_bytes()))
    assert profile_for(properties).id == name
    assert choose(PROFILES.values(), properties).id == name


def test_many_real_units_were_seen() -> None:
    assert len(CAPTURED) >= 80
