"""WebView: in use, missing, silent, refused."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import absent, interpret_probe, measurement

COMMAND = "dumpsys webviewupdate"
HEAD = "Current WebView Update Service state\n"


@pytest.mark.parametrize("blank", ["", "  "])
def test_in_use(blank: str) -> None:
    line = f"{blank}Current WebView package (name, version): (com.example.webview, 92.0.4515.131)"
    result = interpret_probe("system.webview", {COMMAND: f"{HEAD}{line}\n"})
    assert result.outcome is Outcome.PASS
    assert measurement(result, "version").value == "92.0.4515.131"
    assert measurement(result, "package").evidence[0].line == 2


def test_missing_is_attention_with_the_reason() -> None:
    output = (
        f"{HEAD}  Current WebView package is null\n"
        "    Invalid package com.example.webview (versionName: 1), reason: Incorrect signature\n"
    )
    result = interpret_probe("system.webview", {COMMAND: output})
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "rejected").value == ("com.example.webview: Incorrect signature",)


def test_android_5_prints_nothing() -> None:
    result = interpret_probe("system.webview", {COMMAND: "\n"})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_phone_without_the_service() -> None:
    result = interpret_probe("system.webview", {COMMAND: absent("webviewupdate")})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_unknown_words_are_our_error() -> None:
    assert interpret_probe("system.webview", {COMMAND: "hello"}).outcome is Outcome.ERROR
