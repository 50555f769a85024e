"""Whether the software of a part of the phone dies again and again, said by what it serves."""

from diagnose import sdk
from diagnose.parsers.stability.crash_pattern import deaths_by_part
from diagnose.parsers.stability.dropbox import parse_dropbox
from diagnose.requests import adb

MOST_CITED = 12
MANY_DEATHS = 10
PRACTICE = sdk.Source(
    text=sdk.Text(
        "workshop practice: a service that is started again now and then is no news",
        "维修经验：服务偶尔重启并不异常",
    ),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    box = answers.parse(adb.DROPBOX, parse_dropbox)
    deaths = deaths_by_part(box.entries)
    shown = tuple(e.raw for e in box.entries if e.serves)[:MOST_CITED]
    yield answers.measure("parts", len(deaths), adb.DROPBOX, raw=(box.raw, *shown))
    for part, count in deaths.items():
        rows = tuple(e.raw for e in box.entries if e.serves == part)[:MOST_CITED]
        own = (box.raw, *rows)
        yield answers.measure(
            f"deaths.{part}", count, adb.DROPBOX, raw=own, unproven=not box.is_whole
        )


SERVED = {
    "camera": sdk.Text("camera", "摄像头"),
    "fingerprint": sdk.Text("fingerprint", "指纹"),
    "touch": sdk.Text("touch", "触摸"),
    "sensors": sdk.Text("sensors", "传感器"),
    "radio": sdk.Text("radio", "移动网络"),
    "sound": sdk.Text("sound", "音频"),
    "display": sdk.Text("display", "显示"),
    "wifi": sdk.Text("wifi", "无线网络"),
    "bluetooth": sdk.Text("bluetooth", "蓝牙"),
    "positioning": sdk.Text("positioning", "定位"),
    "nfc": sdk.Text("NFC", "NFC"),
    "vibration": sdk.Text("vibration", "振动"),
    "charging": sdk.Text("charging parts", "充电部件"),
    "storage": sdk.Text("storage", "存储"),
    "heat": sdk.Text("heat", "温控"),
}

PROBE = sdk.Probe(
    id="stability.daemons",
    title=sdk.Text("Software of the parts", "部件底层服务"),
    about=sdk.About(
        tested=sdk.Text(
            "How often the software of each part of the phone crashed. No app is named.",
            "各部件底层服务的崩溃次数（不涉及应用名称）。",
        ),
        meaning=sdk.Text(
            "Camera, sensors, touch, radio and others have software of their own. It dies of its "
            "errors, or of a part that stops answering.",
            "摄像头、传感器、触摸、射频等各有底层服务，可能因自身错误或部件无响应而崩溃。",
        ),
        consequence=sdk.Text(
            "The part works by fits and starts, or not at all.", "该部件时好时坏，或完全失效。"
        ),
        action=sdk.Text(
            "Update or restore the maker's system first; then have that part checked.",
            "请先更新或恢复原厂系统，再检查该部件。",
        ),
    ),
    requests=(adb.DROPBOX,),
    measures={
        "parts": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Parts whose software crashed", "底层服务曾崩溃的部件数"),
            essential=True,
        ),
        "deaths": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Crashes of the software of a part", "部件底层服务崩溃次数"),
            criterion=sdk.Range(attention_above=MANY_DEATHS, source=PRACTICE),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The software of one part of the phone ({place}) crashed {value} times.",
                    "手机某一部件（{place}）的底层服务崩溃了 {value} 次。",
                )
            },
            advice=sdk.Text(
                "Update or restore the maker's system first; then have that part checked.",
                "请先更新或恢复原厂系统，再检查该部件。",
            ),
            places=SERVED,
        ),
    },
    interpret=interpret,
    symptoms=("app-crashes", "camera", "touch-dead", "no-service"),
)
