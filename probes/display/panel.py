"""Size, density and refresh rates of the panel, against what the profile knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from diagnose import sdk
from diagnose.parsers.display.display import Panel, parse_displays, parse_wm_density, parse_wm_size
from diagnose.requests import adb

_SIZE = re.compile(r"(\d{2,5}) ?[x×] ?(\d{2,5})")
_ROUNDING_HZ = 1.0
"""59.94 and 60.000004 are 60 Hz."""


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    dump = answers.parse_or_none(adb.DISPLAY, parse_displays)
    panel = dump.panel if dump else None
    size = answers.parse_or_none(adb.WM_SIZE, parse_wm_size)
    if panel is None and size is None:
        raise answers.no_answer(adb.DISPLAY) or sdk.NotRun(
            sdk.Reason.UNSUPPORTED, "no built-in screen is said"
        )
    yield _resolution(answers, panel, size)
    if density := answers.parse_or_none(adb.WM_DENSITY, parse_wm_density):
        yield answers.measure("density", density, adb.WM_DENSITY)
    yield _refresh(answers, panel)
    if panel and panel.unique_id:
        yield answers.measure("panel_id", panel.unique_id, adb.DISPLAY, raw=panel.unique_id)
    if panel and panel.state:
        yield answers.measure("state", panel.state, adb.DISPLAY, raw=f"state {panel.state}")


def _resolution(
    answers: sdk.Answers, panel: Panel | None, size: tuple[int, int] | None
) -> sdk.Draft:
    """Several phones save power in a smaller mode: the largest one tells what the panel is."""
    candidates = []
    if panel:
        text = _words(panel.largest_px)
        candidates.append(sdk.Candidate(text, adb.DISPLAY, raw=panel.raw[:200], trust=80))
    if size:
        raw = f"Physical size: {size[0]}x{size[1]}"
        candidates.append(sdk.Candidate(_words(size), adb.WM_SIZE, raw=raw, trust=60))
    return answers.compare("resolution", candidates, criterion=_expected_size(answers, candidates))


def _words(size: tuple[int, int]) -> str:
    return f"{min(size)}x{max(size)}"


def _expected_size(answers: sdk.Answers, candidates: list[sdk.Candidate]) -> sdk.OneOf | None:
    fact = answers.fact("display_px")
    match = _SIZE.search(fact.value) if fact and isinstance(fact.value, str) else None
    if match is None:
        return None
    good = _words((int(match[1]), int(match[2])))
    best = max(candidates, key=lambda candidate: candidate.trust).value
    others = (best,) if isinstance(best, str) and best != good else ()
    source = sdk.Source(
        text=sdk.Text(
            "the profile's panel differs: a hint of another panel, no proof",
            "与机型档案的屏幕不同：仅为换屏迹象，并非证据",
        ),
        basis=sdk.Basis.GUESS,
    )
    return sdk.OneOf(good=(good,), attention=others, source=source)


def _refresh(answers: sdk.Answers, panel: Panel | None) -> sdk.Draft:
    fastest = panel.refresh_max_hz if panel else None
    if panel is None or fastest is None:
        return answers.unread("refresh_max", adb.DISPLAY)
    raw = panel.refresh_max_raw
    fact = answers.fact("refresh_hz")
    known = fact.value if fact and isinstance(fact.value, int | float) else None
    source = sdk.Source(
        text=sdk.Text(
            "a panel without its fast mode may be another one", "缺少高刷新率的屏幕可能并非原屏"
        ),
        basis=sdk.Basis.GUESS,
    )
    slowest_good = None if known is None else known - _ROUNDING_HZ
    criterion = sdk.Range(attention_below=slowest_good, source=source) if slowest_good else None
    return answers.measure(
        "refresh_max", round(fastest, 2), adb.DISPLAY, raw=raw, criterion=criterion
    )


_OTHER = sdk.Text(
    "The panel reports {value} {unit}, other than this model's own; it may have been replaced.",
    "屏幕上报 {value} {unit}，与该机型原装屏不同，可能更换过屏幕。",
)
_ADVICE = sdk.Text(
    "Ask whether the screen was replaced; look at it in full white and full black.",
    "询问是否更换过屏幕；并用全白、全黑画面检查显示效果。",
)


def _of_the_screen(en: str, zh: str) -> sdk.Sign:
    """Resolution and fastest mode belong to the panel: software does not change them."""

    def doubt(before: sdk.Value | None, after: sdk.Value, _today: date) -> sdk.Text | None:
        if before is None or before == after:
            return None
        old, new = _short(before), _short(after)
        return sdk.Text(
            f"another kind of screen: {en} {old}, now {new}",
            f"屏幕规格不同：{zh} {old}，现为 {new}",
        )

    return sdk.Sign("display", sdk.Proves.DIFFERENCE, doubt=doubt)


def _short(value: sdk.Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


PROBE = sdk.Probe(
    id="display.panel",
    title=sdk.Text("Screen panel", "屏幕面板"),
    about=sdk.About(
        tested=sdk.Text(
            "Resolution and refresh rates the panel offers.", "屏幕面板支持的分辨率与刷新率。"
        ),
        meaning=sdk.Text(
            "They show which panel is fitted; what the glass shows is judged by eye.",
            "用于判断安装的是哪种面板；实际显示效果需人眼确认。",
        ),
        consequence=sdk.Text(
            "A panel of another kind may lack smooth scrolling, brightness or true colours.",
            "非原装规格的屏幕可能没有高刷新率，亮度与色彩也会变差。",
        ),
        action=sdk.Text(
            "If it differs, ask about earlier repairs before you quote a screen.",
            "若不一致，报价前请先询问维修史。",
        ),
    ),
    requests=(adb.DISPLAY, adb.WM_SIZE, adb.WM_DENSITY),
    measures={
        "resolution": sdk.Spec(
            sdk.Unit.PIXEL,
            sdk.Text("resolution", "分辨率"),
            essential=True,
            says={sdk.Outcome.ATTENTION: _OTHER},
            advice=_ADVICE,
            sign=_of_the_screen("resolution", "分辨率"),
        ),
        "density": sdk.Spec(sdk.Unit.DPI, sdk.Text("density", "像素密度")),
        "refresh_max": sdk.Spec(
            sdk.Unit.HERTZ,
            sdk.Text("fastest refresh rate", "最高刷新率"),
            says={sdk.Outcome.ATTENTION: _OTHER},
            advice=_ADVICE,
            sign=_of_the_screen("fastest refresh rate", "最高刷新率"),
        ),
        "panel_id": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("panel's id", "面板标识"),
            sign=sdk.Sign("display", sdk.Proves.DIFFERENCE),
        ),
        "state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("screen is", "屏幕状态"),
            words={
                "ON": sdk.Text("on", "打开"),
                "OFF": sdk.Text("off", "关闭"),
                "DOZE": sdk.Text("dimmed, showing little", "息屏显示"),
                "DOZE_SUSPEND": sdk.Text("dimmed, showing little", "息屏显示"),
            },
        ),
    },
    facts={
        "display_px": sdk.FactSpec(
            sdk.Unit.PIXEL,
            sdk.Text("resolution of the panel, “1080x2400”", "面板分辨率，如“1080x2400”"),
            sdk.FactKind.PATTERN,
            pattern=r"\d{3,5}x\d{3,5}",
            example="1080x2400",
            measure="resolution",
        ),
        "refresh_hz": sdk.FactSpec(
            sdk.Unit.HERTZ, sdk.Text("fastest refresh rate", "最高刷新率"), measure="refresh_max"
        ),
    },
    service=sdk.Service(adb.DISPLAY, sdk.Text("a display", "显示屏")),
    interpret=interpret,
    symptoms=("black-screen", "lines-or-spots"),
)
