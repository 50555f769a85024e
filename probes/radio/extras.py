"""Ultra-wideband, infrared and pen: what is declared, and whether it has its service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.system.features import find_pen, lacks_feature, parse_features
from diagnose.parsers.system.image import is_makers_image
from diagnose.parsers.system.services import parse_service_list
from diagnose.requests import adb

_PARTS = {
    "uwb": ("android.hardware.uwb", "uwb"),
    "infrared": ("android.hardware.consumerir", "consumer_ir"),
}
"""Short name: the feature that declares the part, and the service that Android starts for it."""

_STARTED = sdk.OneOf(
    good=(True,),
    attention=(False,),
    source=sdk.Source(
        text=sdk.Text(
            "AOSP SystemServer: the feature starts the service",
            "AOSP SystemServer：声明该功能即启动对应服务",
        ),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse(adb.FEATURES, parse_features)
    declared = {name: part for name, part in _PARTS.items() if part[0] in features}
    pen = find_pen(features)  # the touch panel serves it: it has no service
    if not declared and not pen:
        _need_none(answers, features)
        raise sdk.NotApplicable("the phone declares neither ultra-wideband nor infrared nor a pen")
    extras = (*declared, "pen") if pen else tuple(declared)
    yield answers.measure("declared", extras, adb.FEATURES, raw=pen or "")
    services = answers.parse_or_none(adb.SERVICES, parse_service_list)
    if services is None:
        return
    criterion = _STARTED if is_makers_image(answers.properties, features) else None
    for name, (_, service) in declared.items():
        yield answers.measure(
            f"service.{name}", service in services, adb.SERVICES, raw=service, criterion=criterion
        )


def _need_none(answers: sdk.Answers, features: Mapping[str, str]) -> None:
    """That none is declared counts where the list is whole and none of their services runs."""
    listed = answers.parse_or_none(adb.SERVICES, parse_service_list)
    if listed is None and answers.no_answer(adb.SERVICES) is None:
        raise sdk.NotRun(sdk.Reason.UNSUPPORTED, "the list of services cannot be read")
    running = listed or frozenset()
    parts = _PARTS.values()
    lacking = all(lacks_feature(features, feature) for feature, _ in parts)
    if not lacking or any(service in running for _, service in parts):
        raise sdk.NotRun(sdk.Reason.UNSUPPORTED, "the list of features was not read whole")


PROBE = sdk.Probe(
    id="radio.extras",
    title=sdk.Text("Ultra-wideband, infrared and pen", "超宽带、红外与手写笔"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the parts that the system declares have their service; a pen is only named.",
            "系统声明的部件是否有对应服务；手写笔仅列出。",
        ),
        meaning=sdk.Text(
            "A service that is missing points to damaged software or a part that was not found.",
            "服务缺失说明系统受损或部件未被识别。",
        ),
        consequence=sdk.Text(
            "Digital keys, finders or the remote control do not work.",
            "数字钥匙、查找或红外遥控无法使用。",
        ),
        action=sdk.Text(
            "Restore the maker's system before the part is blamed.",
            "先恢复原厂系统再判断硬件。",
        ),
    ),
    requests=(adb.FEATURES, adb.SERVICES, adb.GETPROP),
    measures={
        "declared": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("declared parts", "声明的部件"),
            essential=True,
            words={
                "uwb": sdk.Text("ultra-wideband", "超宽带"),
                "infrared": sdk.Text("infrared", "红外"),
                "pen": sdk.Text("pen", "手写笔"),
            },
        ),
        "service": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("service runs", "服务运行"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A declared part has no running service.", "已声明的部件没有运行对应服务。"
                )
            },
            words=sdk.RUNS,
            places={
                "uwb": sdk.Text("ultra-wideband", "超宽带"),
                "infrared": sdk.Text("infrared", "红外"),
            },
        ),
    },
    interpret=interpret,
)
