"""The station's key: made once, kept from others, and what it signs cannot be changed."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import KeyRefused, OutputError
from diagnose.model.canonical import canonical
from diagnose.station.signing import digest, is_signed_by, key_id, make_key, station_key

KEY = make_key()


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIAGNOSE_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


def test_the_key_is_made_once_and_only_its_owner_reads_it(config: Path) -> None:
    first = station_key()
    assert station_key().public == first.public
    assert stat.S_IMODE((config / "station.key").stat().st_mode) == 0o600
    assert [path.name for path in config.iterdir()] == ["station.key"]


@pytest.mark.usefixtures("config")
def test_many_first_uses_at_once_get_one_key() -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: station_key().public, range(16)))
    assert len(set(keys)) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o777])
def test_a_key_others_can_read_is_refused_with_what_to_do(config: Path, mode: int) -> None:
    station_key()
    (config / "station.key").chmod(mode)
    with pytest.raises(KeyRefused) as caught:
        station_key()
    assert "chmod 600" in caught.value.hint
    assert f"{mode:04o}" in caught.value.message


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n", b"\xff" * 100])
def test_a_file_that_is_no_key_is_refused_and_kept(config: Path, content: bytes) -> None:
    config.mkdir()
    path = config / "station.key"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(KeyRefused):
        station_key()
    assert path.read_bytes() == content


def test_a_place_that_cannot_be_written_is_one_plain_error(config: Path) -> None:
    config.write_text("a file where the folder should be")
    with pytest.raises(OutputError):
        station_key()


@given(st.binary(max_size=200), st.integers(0, 10_000))
def test_a_signature_is_of_these_bytes_only(data: bytes, at: int) -> None:
    signature = KEY.sign(data)
    assert is_signed_by(KEY.public, data, signature)
    changed = bytearray(data + b"!")
    changed[at % len(changed)] ^= 1
    assert not is_signed_by(KEY.public, bytes(changed), signature)
    assert not is_signed_by(make_key().public, data, signature)


@given(st.text(max_size=200), st.text(max_size=200))
def test_nonsense_is_no_signature(public: str, signature: str) -> None:
    assert is_signed_by(public, b"data", signature) is False


def test_canonical_json_does_not_depend_on_the_order_of_names() -> None:
    assert canonical({"b": 1, "a": "价格"}) == '{"a":"价格","b":1}'.encode()
    assert digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1})


def test_a_key_id_is_short_enough_to_compare_by_eye() -> None:
    assert len(key_id(KEY.public)) == 16
    assert key_id(KEY.public) != key_id(make_key().public)
