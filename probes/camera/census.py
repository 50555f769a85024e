"""How many cameras answer and which way they look, against declaration and profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.camera.cameras import CameraService, parse_cameras
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.system.features import parse_features
from diagnose.parsers.system.image import is_makers_system
from diagnose.requests import adb
from diagnose.sdk.declaration import declared_part, stated_part

_WAYS = {"back": "android.hardware.camera", "front": "android.hardware.camera.front"}
_LENSES = {"back": "camera_lenses_rear", "front": "camera_lenses_front"}
_LIVING_PROVIDER = sdk.Range(
    attention_below=1,
    source=sdk.Source(
        text=sdk.Text(
            "a camera provider that runs has cameras to provide", "相机服务运行时应有摄像头"
        ),
        basis=sdk.Basis.GUESS,
    ),
)
_ADVICE = sdk.Text(
    "Restart and test again; then check the camera's connector and module.",
    "重启后复测；再检查摄像头排线与模组。",
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    cameras = answers.parse(adb.CAMERAS, parse_cameras)
    features = answers.parse_or_none(adb.FEATURES, parse_features) or {}
    count, owed = cameras.count, _owed(answers, cameras)
    if count is None:  # Android 2.3 counts none until an app opens one
        yield answers.unread("count", adb.CAMERAS)
    else:
        yield answers.measure("count", count, adb.CAMERAS, raw=cameras.count_raw, criterion=owed)
    if cameras.normal_count is not None:
        yield answers.measure("normal_count", cameras.normal_count, adb.CAMERAS)
    for way in _WAYS:
        yield from _looking(answers, cameras, way, features)
    if count == 0 and cameras.providers:
        yield sdk.Remark("provider_empty", _PROVIDER_EMPTY, ("count",))


_PROVIDER_EMPTY = sdk.Text(
    "The camera software runs but found no camera module when the phone started.",
    "相机服务在运行，但开机时没有探测到任何摄像头模组。",
)


def _owed(answers: sdk.Answers, cameras: CameraService) -> sdk.Range | None:
    """Criterion of the count: the profile's, or that a living provider has something to offer."""
    fact = answers.fact("camera_count")
    if fact is not None and isinstance(fact.value, int) and not isinstance(fact.value, bool):
        properties = answers.parse_or_none(adb.GETPROP, parse_getprop) or {}
        if fact.source.basis is sdk.Basis.GUESS or not is_makers_system(properties):
            return sdk.Range(attention_below=fact.value, source=fact.source)
        return sdk.Range(fail_below=fact.value, source=fact.source)
    return _LIVING_PROVIDER if cameras.providers or not cameras.has_software else None


def _looking(
    answers: sdk.Answers, cameras: CameraService, way: str, features: Mapping[str, str]
) -> Iterator[sdk.Draft]:
    is_there = cameras.facing(way)
    expected = _expected(answers, way, features)
    if is_there is None and expected is not None:
        yield answers.unread(way, adb.CAMERAS)
    elif is_there or expected is not None:
        raw = next((c.raw for c in cameras.devices if c.facing == way), cameras.count_raw)
        yield answers.measure(
            way, bool(is_there), adb.CAMERAS, adb.FEATURES, raw=raw, criterion=expected
        )


def _expected(answers: sdk.Answers, way: str, features: Mapping[str, str]) -> sdk.OneOf | None:
    """The maker's word on the lenses, else what the image declares; a guess comes last."""
    lenses, declared = answers.fact(_LENSES[way]), _WAYS[way] in features
    if lenses is not None and declared and lenses.source.basis is sdk.Basis.GUESS:
        return declared_part(answers.properties, features)
    if lenses is not None and type(lenses.value) is int and lenses.value > 0:
        properties = answers.parse_or_none(adb.GETPROP, parse_getprop) or {}
        return stated_part(properties, lenses.source)
    return declared_part(answers.properties, features) if declared else None


def _camera(en: str, zh: str) -> sdk.Spec:
    text = sdk.Text(f"The {en} does not answer.", f"{zh}没有响应。")
    says = {sdk.Outcome.FAIL: text, sdk.Outcome.ATTENTION: text}
    return sdk.Spec(sdk.Unit.NONE, sdk.Text(en, zh), says=says, advice=_ADVICE, words=sdk.PRESENT)


_FEWER = sdk.Text(
    "Only {value} camera devices answer; a good unit has more.",
    "只有 {value} 个摄像头设备响应，少于正常机器。",
)

PROBE = sdk.Probe(
    id="camera.census",
    title=sdk.Text("Cameras present", "摄像头检测"),
    about=sdk.About(
        tested=sdk.Text(
            "How many cameras answer, and whether there is one on the back and on the front.",
            "有几个摄像头响应，前后摄像头是否都在。",
        ),
        meaning=sdk.Text(
            "A camera in the list was found when the phone started; sharpness is not tested"
            " here. Some lenses are hidden behind one entry.",
            "列出的摄像头在开机时已被识别；此处不检验成像清晰度。部分镜头合并为一个条目。",
        ),
        consequence=sdk.Text(
            "A camera that does not answer gives a black picture or an error in the app.",
            "没有响应的摄像头会导致相机黑屏或报错。",
        ),
        action=sdk.Text(
            "Restart and test again. If it stays away, its connector or module needs a look.",
            "重启后复测。若仍缺失，需检查摄像头排线或模组。",
        ),
    ),
    requests=(adb.CAMERAS, adb.FEATURES, adb.GETPROP),
    measures={
        "count": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("camera devices", "摄像头设备数"),
            essential=True,
            says={sdk.Outcome.FAIL: _FEWER, sdk.Outcome.ATTENTION: _FEWER},
            advice=_ADVICE,
        ),
        "normal_count": sdk.Spec(
            sdk.Unit.COUNT, sdk.Text("cameras open to all apps", "对应用开放的摄像头数")
        ),
        "back": _camera("camera on the back", "后置摄像头"),
        "front": _camera("camera on the front", "前置摄像头"),
    },
    facts={
        "camera_count": sdk.FactSpec(
            sdk.Unit.COUNT,
            sdk.Text(
                "camera devices the service of a good unit lists", "正常机器列出的摄像头设备数"
            ),
            measure="count",
        ),
        "camera_lenses_rear": sdk.FactSpec(
            sdk.Unit.COUNT, sdk.Text("lenses on the back", "后置镜头数")
        ),
        "camera_lenses_front": sdk.FactSpec(
            sdk.Unit.COUNT, sdk.Text("lenses on the front", "前置镜头数")
        ),
    },
    service=sdk.Service(
        adb.CAMERAS,
        sdk.Text("cameras", "摄像头"),
        ("android.hardware.camera.any", "android.hardware.camera", "android.hardware.camera.front"),
    ),
    interpret=interpret,
    symptoms=("camera",),
)
