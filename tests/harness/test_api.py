"""`diagnose.api` and the command line: what both do is one thing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.adbserver import AdbServer
from tests.commandline import diagnose_here

from diagnose import api


@pytest.mark.parametrize("phone", ["pixel-9", "galaxy-s23+battery-worn"])
def test_a_run_and_a_replay_say_the_same_as_their_commands(
    phone: str, adb_server: AdbServer, tmp_path: Path
) -> None:
    with api.VirtualPhone(phone, server=api.Address("127.0.0.1", adb_server.port)) as there:
        assert there.serial in [device.serial for device in api.devices(server=there.server)]
        ours = api.run(there, plan="quick", out=tmp_path)
        words = ("run", "-s", there.serial, "--plan", "quick", "--json")
        theirs = diagnose_here(*words, env={"ANDROID_ADB_SERVER_PORT": str(adb_server.port)})
    assert theirs.status == api.exit_status(ours)
    assert _without_moments(theirs.json) == _without_moments(json.loads(ours.model_dump_json()))
    again = api.replay(tmp_path)
    assert again.digest == diagnose_here("replay", tmp_path, "--json").json["digest"]
    assert again.digest == api.load_report(tmp_path).digest == ours.digest


def _without_moments(report: dict[str, object]) -> object:
    results = report["results"]
    assert isinstance(results, list)
    return [(one["probe"], one["outcome"], one["findings"]) for one in results]
