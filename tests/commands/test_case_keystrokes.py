"""The short way at the counter: from the complaint to the consent in few keystrokes."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest
from tests.commandline import command_line, diagnose, environment

pytestmark = pytest.mark.usefixtures("adb_server")

VIRTUAL = ("--simulated", "galaxy-s23+battery-worn", "--scale", "0.05")
"""What a counter does not type: it has a real phone."""

MOST_KEYS = 90
"""Every key of command and answers, Enter too; the way of before took 285 for the same case."""


def test_a_counter_comes_to_a_consent_in_few_keystrokes(tmp_path: Path) -> None:
    env = {"DIAGNOSE_CONFIG": str(tmp_path / "config"), "DIAGNOSE_DATA": str(tmp_path / "data")}
    diagnose("config", "--shop", "example-shenzhen", "--engineer", "Li", env=env)
    words = ["case", "open"]
    answers = [
        *(
            "电池半天没电",
            "drains-fast",
            "",
            "",
            "王小明",
            "13800138000",
            "y",
        ),  # what he says; the fee
        *("", "", ""),  # probe, quote, take the decision
        *("a", "", "", "o", "", "", "y"),  # everything, by word of mouth, as he was noted
        "n",  # the work comes later
    ]
    output = _typed([*words, *VIRTUAL, "--lang", "en"], answers, env)
    ended = diagnose("case", "show", "last", "--json", env=env)
    case = ended.json
    assert case["stage"] == "agreed", output
    assert case["consents"][0]["consent"]["agreed_total"] == "263.94"
    assert case["page"]["quote"]["shop"]["country"] == "CN"
    keys = len("diagnose case open\n") + sum(len(answer) + 1 for answer in answers)
    assert keys <= MOST_KEYS, keys
    assert "diagnose case work" in output


def _typed(words: list[str], answers: list[str], env: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        command_line(*words),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(env),
    )
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    output = b""
    try:
        while chunk := os.read(ours, 4096):
            output += chunk
    except OSError:  # Linux says EIO where the other side has closed the terminal
        pass
    os.close(ours)
    assert running.wait(timeout=60) == 0, output.decode("utf-8", "replace")
    return output.decode("utf-8", "replace")
