"""A manifest tells which files a run wrote, and whether they are still what it wrote."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import CaptureInvalid
from diagnose.files.manifest import check_folder, make_manifest, read_manifest
from diagnose.station.signing import StationKey, make_key

KEY = make_key()
FILES = {"report.json": b"{}", "report.html": b"<p>", "junit.xml": b"<testsuites/>"}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    _sign(tmp_path, KEY)
    return tmp_path


def _sign(folder: Path, key: StationKey) -> None:
    files = {name: _digest(data) for name, data in FILES.items()}
    made = make_manifest(files, key, elsewhere={"ci.xml": _digest(b"<ci/>")})
    (folder / "manifest.json").write_bytes(made)


def _bad(folder: Path, *more: Path) -> set[str]:
    return {f.name for f in check_folder(folder, {KEY.public}, more=more) if f.ok is not True}


def test_files_as_they_were_written_are_found_good(folder: Path) -> None:
    assert _bad(folder) == set()


@pytest.mark.parametrize("name", FILES)
def test_each_changed_file_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes(FILES[name] + b" ")
    assert _bad(folder) == {name}


def test_a_file_that_leads_elsewhere_is_not_the_one_that_was_written(folder: Path) -> None:
    twin = folder.parent / "twin"
    twin.write_bytes(FILES["report.html"])
    (folder / "report.html").unlink()
    (folder / "report.html").symlink_to(twin)
    assert _bad(folder) == {"report.html"}


def test_a_page_of_another_run_is_named(folder: Path) -> None:
    (folder / "report.pdf").write_bytes(b"%PDF of another phone")
    assert _bad(folder) == {"report.pdf"}


def test_a_file_written_elsewhere_is_checked_where_it_is_named(folder: Path) -> None:
    ci = folder.parent / "ci.xml"
    ci.write_bytes(b"<ci/>")
    assert _bad(folder, ci) == set()
    ci.write_bytes(b"<ci>changed</ci>")
    assert _bad(folder, ci) == {"ci.xml"}
    other = folder.parent / "other.xml"
    other.write_bytes(b"<ci/>")
    assert _bad(folder, other) == {"other.xml"}


def test_a_manifest_written_anew_with_another_key_is_not_trusted(folder: Path) -> None:
    (folder / "report.html").write_bytes(FILES["report.html"])
    _sign(folder, make_key())
    assert [f.ok for f in check_folder(folder, {KEY.public}) if f.name == "manifest"] == [None]


def test_without_a_manifest_nothing_is_called_good(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    assert [f.ok for f in check_folder(folder, {KEY.public})] == [None]


@given(change=st.integers(0, 10_000), with_=st.sampled_from('0aZ{}[]",: '))
def test_a_manifest_changed_anywhere_is_found(
    tmp_path_factory: pytest.TempPathFactory, change: int, with_: str
) -> None:
    folder = tmp_path_factory.mktemp("manifest")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    _sign(folder, KEY)
    path = folder / "manifest.json"
    text = path.read_text()
    place = change % len(text)
    changed = text[:place] + with_ + text[place + 1 :]
    path.write_text(changed)
    try:
        same = json.loads(changed) == json.loads(text)
    except ValueError:
        same = False
    assert bool(_bad(folder)) != same


@pytest.mark.parametrize("name", ["../report.json", "/etc/passwd", "a/b", "..", "a\\b", ""])
def test_a_manifest_may_name_no_file_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "manifest.json").write_bytes(make_manifest({name: _digest(b"")}, KEY))
    with pytest.raises(CaptureInvalid):
        read_manifest(tmp_path / "manifest.json")


@pytest.mark.parametrize("name", ["report (1).html", "REPORT.PDF"])
def test_a_page_that_the_run_did_not_write_is_told(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"<p>all is well")
    (folder / "notes.txt").write_bytes(b"x")
    assert _bad(folder) == {name}
