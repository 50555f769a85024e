"""WebView: the component with which other apps show web pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diagnose import sdk
from diagnose.parsers.software.webview import parse_webview
from diagnose.requests import adb

AOSP = sdk.Source(
    text=sdk.Text(
        "Android WebViewUpdateService: without a valid provider no app can show a web page",
        "Android WebViewUpdateService：没有有效组件时应用无法显示网页",
    ),
    basis=sdk.Basis.VENDOR,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    dump = answers.text(adb.WEBVIEW)
    if not dump.strip():
        # Android 5 and 6 have the service, but it prints nothing.
        yield answers.unread("available", adb.WEBVIEW, reason=sdk.Reason.UNSUPPORTED)
        return
    webview = answers.parse(adb.WEBVIEW, parse_webview)
    yield answers.measure("available", bool(webview.package), adb.WEBVIEW, raw=webview.raw)
    if webview.package:
        yield answers.measure("package", webview.package, adb.WEBVIEW, raw=webview.raw)
    if webview.version:
        yield answers.measure("version", webview.version, adb.WEBVIEW, raw=webview.raw)
    if webview.rejected and not webview.package:
        raw = webview.rejected[0].partition(":")[0]
        yield answers.measure(
            "rejected", webview.rejected, adb.WEBVIEW, raw=raw, words=_refusals(webview.rejected)
        )


# As the WebViewUpdater of AOSP writes its getInvalidityReason, behind the name and a colon.
REASONS = {
    "SDK version too low": "SDK 版本过低",
    "Version code too low": "版本号过低",
    "Incorrect signature": "签名不正确",
    "No WebView-library manifest flag": "缺少 WebView 库声明",
}


def _refusals(rejected: Sequence[str]) -> dict[str, sdk.Text]:
    told = [(one, *one.partition(": ")[::2]) for one in rejected]
    return {
        one: sdk.Text(one, f"{name}：{REASONS[why]}") for one, name, why in told if why in REASONS
    }


PROBE = sdk.Probe(
    id="system.webview",
    title=sdk.Text("WebView", "WebView 组件"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the component with which apps show web pages is there and valid.",
            "应用内显示网页的系统组件是否存在且有效。",
        ),
        meaning=sdk.Text(
            "Shops, banks and mail apps show their pages with it.",
            "购物、银行、邮件等应用都靠它显示网页。",
        ),
        consequence=sdk.Text(
            "Without it many apps end at once or show white pages: no fault of the hardware.",
            "缺失时许多应用会闪退或白屏，这不是硬件故障。",
        ),
        action=sdk.Text(
            "Enable or update WebView in the app store, or update the system.",
            "请在应用商店启用或更新 WebView，或更新系统。",
        ),
    ),
    requests=(adb.WEBVIEW,),
    measures={
        "available": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("WebView in order", "WebView 可用"),
            sdk.OneOf(good=(True,), attention=(False,), source=AOSP),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "No valid WebView is installed: many apps will end at once.",
                    "没有有效的 WebView：许多应用会闪退。",
                )
            },
            advice=sdk.Text("Enable or update WebView.", "请启用或更新 WebView。"),
        ),
        "package": sdk.Spec(sdk.Unit.NONE, sdk.Text("Provider", "提供者")),
        "version": sdk.Spec(sdk.Unit.NONE, sdk.Text("Version", "版本")),
        "rejected": sdk.Spec(sdk.Unit.NONE, sdk.Text("Refused providers", "被拒绝的提供者")),
    },
    interpret=interpret,
    symptoms=("app-crashes",),
)
