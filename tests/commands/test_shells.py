"""Completion scripts and the manual page: read by the programs they are for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.commandline import diagnose_here as diagnose


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"no {program} here")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(shell: str) -> None:
    ended = diagnose("completion", shell)
    assert ended.status == 0
    assert "_DIAGNOSE_COMPLETE" in ended.out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=ended.out, text=True, check=True)


def test_an_unknown_shell_is_a_mistake() -> None:
    assert diagnose("completion", "tcsh").status == 2


@needs("bash")
def test_bash_completes_a_command(tmp_path: Path) -> None:
    (tmp_path / "diagnose").write_text(f'#!/bin/sh\nexec {sys.executable} -m diagnose "$@"\n')
    (tmp_path / "diagnose").chmod(0o755)
    script = tmp_path / "completion"
    script.write_text(diagnose("completion", "bash").out)
    asked = "COMP_WORDS=(diagnose rep); COMP_CWORD=1; _diagnose_completion diagnose"
    done = subprocess.run(
        ["bash", "-c", f'source {script}; {asked}; echo "${{COMPREPLY[@]}}"'],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "report" in done.stdout.split()


def test_the_manual_page_names_every_command_and_option() -> None:
    page = diagnose("man").out
    for words in ("diagnose run", "diagnose case open", "EXIT STATUS", r"\-\-min\-coverage"):
        assert words in page, words
    assert page.isascii()


@needs("groff")
def test_groff_has_nothing_to_complain_of() -> None:
    page = diagnose("man").out.encode()
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww"], input=page, capture_output=True, check=True
    )
    assert done.stderr == b""
    assert b"EXIT STATUS" in done.stdout.replace(b"\x08", b"") or b"E" in done.stdout


def test_without_any_word_the_help_is_shown() -> None:
    ended = diagnose()
    assert "Commands:" in ended.out + ended.err
    assert "Traceback" not in ended.err
