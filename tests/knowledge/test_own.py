"""Probes and profiles of one's own: named folders, installed packages, and never by themselves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.commandline import diagnose_here as diagnose

from diagnose.errors import CatalogError, ProfileInvalid
from diagnose.knowledge.installed import installed_folders
from diagnose.knowledge.profiles.load import load_profiles, profile_for
from diagnose.testing import check_probes, interpret_probe

EXAMPLE = Path(__file__).parents[2] / "examples" / "own-probe"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package that brings the example's probes and profiles."""
    site = tmp_path / "site"
    (site / "acme").mkdir(parents=True)
    for name in ("probes", "profiles"):
        (site / "acme" / name).symlink_to(EXAMPLE / name)
    points = "[diagnose.probes]\nacme = acme.probes\n\n[diagnose.profiles]\nacme = acme.profiles\n"
    (site / "acme-1.0.dist-info").mkdir()
    (site / "acme-1.0.dist-info" / "METADATA").write_text("Name: acme\nVersion: 1.0\n")
    (site / "acme-1.0.dist-info" / "entry_points.txt").write_text(points)
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    return site


@pytest.mark.usefixtures("package")
def test_an_installed_package_brings_probes_and_profiles() -> None:
    listed = diagnose("probes", "list", "--json").json["probes"]
    (own,) = (probe for probe in listed if probe["id"] == "fleet.build")
    assert own["origin"] == "package acme"
    assert "acme/one" in load_profiles()


def test_an_entry_point_that_names_nothing_is_an_error(package: Path) -> None:
    points = package / "acme-1.0.dist-info" / "entry_points.txt"
    points.write_text("[diagnose.probes]\nacme = nowhere.probes\n")
    with pytest.raises(CatalogError, match="nowhere"):
        installed_folders("diagnose.probes")


def test_the_working_directory_is_never_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLE)
    listed = diagnose("probes", "list", "--json").json["probes"]
    assert "fleet.build" not in {probe["id"] for probe in listed}
    assert "acme/one" not in load_profiles()


def test_a_named_folder_counts() -> None:
    content = diagnose("probes", "show", "fleet.build", "--probe-dir", EXAMPLE / "probes", "--json")
    assert content.json["origin"] == str(EXAMPLE / "probes")
    properties = {"ro.product.model": "Acme One"}
    assert profile_for(properties, [EXAMPLE / "profiles"]).id == "acme/one"
    with pytest.raises(ProfileInvalid, match="no folder"):
        profile_for(properties, [EXAMPLE / "nowhere"])


def test_the_example_keeps_the_rules() -> None:
    check_probes(EXAMPLE / "probes")
    answers = {"getprop": "[ro.build.type]: [userdebug]\n"}
    result = interpret_probe("fleet.build", answers, probe_dirs=[EXAMPLE / "probes"])
    assert result.outcome == "fail"


@pytest.mark.parametrize(
    ("line", "breach"),
    [
        ("import os", "may not import os"),
        ("import socket as s", "may not import socket"),
        ("from urllib import request", "may not import urllib"),
        ("from diagnose.jobs import fleet", "may not import diagnose.jobs"),
        ("from diagnose import api", "may not import diagnose.api"),
        ("X = open('/etc/passwd').read()", "may not call open"),
        ("X = __import__('os')", "may not call __import__"),
    ],
)
def test_what_ours_may_not_others_may_not(tmp_path: Path, line: str, breach: str) -> None:
    source = (EXAMPLE / "probes" / "fleet" / "build.py").read_text("utf-8")
    head, rest = source.split("from diagnose import sdk\n")
    (tmp_path / "fleet").mkdir()
    (tmp_path / "fleet" / "build.py").write_text(f"{head}from diagnose import sdk\n{line}\n{rest}")
    with pytest.raises(AssertionError, match=breach):
        check_probes(tmp_path)


def test_a_probe_that_asks_what_it_may_not_is_found(tmp_path: Path) -> None:
    source = (EXAMPLE / "probes" / "fleet" / "build.py").read_text("utf-8")
    bad = source.replace(
        "requests=(adb.GETPROP,)", 'requests=(adb.GETPROP, sdk.Shell("cmd", "battery", "reset"))'
    )
    (tmp_path / "fleet").mkdir()
    (tmp_path / "fleet" / "build.py").write_text(bad)
    with pytest.raises(AssertionError, match="change the phone"):
        check_probes(tmp_path)
