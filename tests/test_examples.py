"""The examples a user copies are what they are written for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
import yaml
from tests.adbserver import AdbServer

from diagnose import api

EXAMPLES = Path(__file__).parent.parent / "examples" / "ci"
SCHEMAS = {"github.yml": "vendor.github-workflows", "gitlab.yml": "vendor.gitlab-ci"}
"""As the schema store has them; the package check-jsonschema brings them along."""


OPTION = r"--[a-z][a-z-]+"


def check(path: Path, schema: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path))
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_a_workflow_file_fits_the_schema_of_its_service(path: Path, tmp_path: Path) -> None:
    output = check(path, SCHEMAS[path.name])
    assert output.returncode == 0, output.stdout
    broken = tmp_path / path.name
    broken.write_text(path.read_text("utf-8").replace("script:", "scripts:").replace("on:", "no:"))
    assert check(broken, SCHEMAS[path.name]).returncode == 1


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_option_a_workflow_gives_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    runs = " ".join(line for line in text.splitlines() if "diagnose run" in line)
    assert set(re.findall(OPTION, runs)) <= _options("diagnose", "run", "--help")
    ours = {option for option in re.findall(OPTION, text) if option.startswith("--diagnose")}
    assert ours <= _options("pytest", "--help")


def _options(module: str, *words: str) -> set[str]:
    command = (sys.executable, "-m", module, *words)
    ended = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return set(re.findall(OPTION, ended))


def test_the_example_of_the_api_runs_as_it_is_written(
    adb_server: AdbServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the name of the phone is another: there is no emulator here."""
    monkeypatch.chdir(tmp_path)
    assert api.__doc__
    lines = [line[4:] for line in api.__doc__.splitlines() if line.startswith("    ")]
    example = "\n".join(lines)
    assert "emulator-5554" in example
    with api.VirtualPhone("pixel-9") as phone:
        assert phone.serial
        code = example.replace('"emulator-5554"', repr(phone.serial))
        names: dict[str, object] = {}
        with mock.patch("builtins.print"):
            exec(compile(code, "api.__doc__", "exec"), names)  # noqa: S102 - our own documentation
    report = names["report"]
    assert isinstance(report, api.Report)
    assert api.exit_status(report) == 1  # the last one has a worn battery
    assert (tmp_path / "evidence" / "report.json").is_file()
