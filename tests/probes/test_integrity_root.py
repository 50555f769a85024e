"""Traces of root access; none found proves nothing."""

from __future__ import annotations

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.testing import interpret_probe, measurement

COMMAND = "ls /system/bin/su /system/xbin/su /sbin/su /product/bin/su /vendor/bin/su"


def listed(stdout: str, stderr: str, exit_code: int = 1) -> Reply:
    return Reply(
        f"shell:{COMMAND}",
        ReplyStatus.COMPLETE,
        stdout=stdout.encode(),
        stderr=stderr.encode(),
        exit_code=exit_code,
    )


MISSING = "".join(f"ls: {path}: No such file or directory\n" for path in COMMAND.split()[1:])


def test_none_found_is_observed_never_passed() -> None:
    result = interpret_probe("integrity.root", {COMMAND: listed("", MISSING)})
    assert measurement(result, "su_found").value is False
    assert result.outcome is Outcome.OBSERVED


def test_found_is_attention() -> None:
    result = interpret_probe("integrity.root", {COMMAND: listed("/system/xbin/su\n", MISSING)})
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "su_found").evidence[0].raw == "/system/xbin/su"


def test_refused_is_not_run() -> None:
    output = listed("", "ls: /sbin/su: Permission denied\n")
    result = interpret_probe("integrity.root", {COMMAND: output})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_words_that_only_hold_the_path_are_no_find() -> None:
    result = interpret_probe("integrity.root", {COMMAND: listed("no /sbin/sux here\n", "")})
    assert measurement(result, "su_found").value is False
