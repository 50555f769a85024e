"""The service that every phone with the part has is gone: said for all of them by one rule.

Android starts these services at every start. Where the phone itself says that there is no such
service, while it declares the part, the part cannot be used: that is no "not tested".
"""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.model.criterion import Basis, OneOf, Source
from diagnose.model.text import Text
from diagnose.model.unit import Unit
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.system.features import parse_features
from diagnose.parsers.system.product import is_emulator
from diagnose.requests import adb
from diagnose.sdk import Answers, Draft, Probe, Remark, Service, Spec

MEASURE = "service_runs"
SPEC = Spec(
    Unit.NONE,
    Text("service of the part runs", "部件对应服务在运行"),
    OneOf(
        good=(True,),
        attention=(False,),
        source=Source(
            text=Text(
                "AOSP: the service is started on every phone that has the part",
                "AOSP：有该部件的手机都会启动此服务",
            ),
            basis=Basis.GUESS,
        ),
    ),
)
_GONE = Text(
    "The phone should have {part}, but the system's service for it is not there.",
    "手机应有{part}，但系统中没有对应的服务。",
)
_ADVICE = Text(
    "Restart and test again; then restore the maker's system; then have the part checked.",
    "重启后复测；仍无效则恢复原厂系统，再检查该部件。",
)


def vanished(probe: Probe, answers: Answers) -> Iterator[Draft | Remark]:
    """Say that the service of the probe's part is gone, where the phone says so itself."""
    service = probe.service
    if service is None or not answers.lacks(service.request):
        return
    if not _is_owed(probe, service, answers) or _is_emulated(probe, answers):
        return
    answer = answers.everything(service.request).strip()[:200]
    yield answers.measure(MEASURE, False, service.request, raw=answer)
    yield Remark(f"{MEASURE}.attention", _GONE.format(part=service.part), (MEASURE,), _ADVICE)


def _is_owed(probe: Probe, service: Service, answers: Answers) -> bool:
    """Whether the phone declares the part; what every phone has is owed where it answers at all."""
    if not service.features:
        others = (request for request in probe.requests if request != service.request)
        return any(answers.no_answer(request) is None for request in others)
    declared = answers.parse_or_none(adb.FEATURES, parse_features) or {}
    return any(name in declared for name in service.features)


def _is_emulated(probe: Probe, answers: Answers) -> bool:
    if adb.GETPROP not in probe.requests:
        return False
    return is_emulator(answers.parse_or_none(adb.GETPROP, parse_getprop) or {})
