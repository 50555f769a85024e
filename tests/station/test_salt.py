"""The station's secret is whole or not there, when many make it at once, when the disk is full."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from diagnose.errors import KeyRefused
from diagnose.station.salt import SALT_BYTES, station_salt


def test_twelve_first_readers_at_once_have_one_secret(tmp_path: Path) -> None:
    script = "from diagnose.station.salt import station_salt; print(station_salt().hex())"
    env = {"DIAGNOSE_CONFIG": str(tmp_path / "config"), "PATH": ""}
    readers = [
        subprocess.Popen([sys.executable, "-c", script], env=env, stdout=subprocess.PIPE)
        for _ in range(12)
    ]
    output = {reader.communicate(timeout=60)[0] for reader in readers}
    assert len(output) == 1
    assert len(bytes.fromhex(output.pop().decode())) == SALT_BYTES
    assert [path.name for path in (tmp_path / "config").iterdir()] == ["station.salt"]


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33])
def test_a_secret_that_is_not_whole_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("DIAGNOSE_CONFIG", str(tmp_path))
    (tmp_path / "station.salt").write_bytes(content)
    with pytest.raises(KeyRefused, match="not whole"):
        station_salt()
    assert (tmp_path / "station.salt").read_bytes() == content


def test_a_full_disk_leaves_no_secret(tmp_path: Path) -> None:
    script = "from diagnose.station.salt import station_salt; station_salt()"
    limited = f'ulimit -f 0; trap "" XFSZ; exec {sys.executable} -c "{script}"'
    env = {
        "DIAGNOSE_CONFIG": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(["bash", "-c", limited], env=env, capture_output=True, check=False)
    assert b"cannot keep the station's secret" in done.stderr
    assert list(tmp_path.iterdir()) == []
