"""What a profile would know of the virtual phones' panels, and the probes of this part."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from diagnose.judging.judgement import judge
from diagnose.knowledge.probes import LoadedProbe, load_probes
from diagnose.model.criterion import Basis, Source, Value
from diagnose.model.fact import Fact
from diagnose.model.replies import Reply
from diagnose.model.requests import Shell
from diagnose.model.result import ProbeResult
from diagnose.model.text import Text
from diagnose.sdk import Answers
from diagnose.simulator.phone import Phone
from diagnose.simulator.transport import answer
from diagnose.testing import NOW

AREAS = ("sensor", "camera", "display", "touch", "audio", "biometric", "haptic")
PANELS: Mapping[str, tuple[str, float]] = {
    "pixel-3": ("1080x2160", 60),
    "pixel-9": ("1080x2424", 120),
    "mate-40-pro": ("1344x2772", 90),
    "p30-pro": ("1080x2340", 60),
    "xiaomi-13": ("1080x2400", 120),
    "redmi-note-8-pro": ("1080x2340", 60),
    "galaxy-s23": ("1080x2340", 120),
    "galaxy-z-fold7": ("1968x2184", 120),
    "emulator-14": ("1080x2400", 60),
}


def probe_ids() -> list[str]:
    """Every probe of the senses."""
    return [name for name in _catalogue() if name.partition(".")[0] in AREAS]


def facts_for(phone_name: str, probe_id: str) -> Mapping[str, Value]:
    """The facts a profile of the phone gives this probe."""
    if probe_id != "display.panel":
        return {}
    size, refresh_hz = PANELS[phone_name]
    return {"display_px": size, "refresh_hz": refresh_hz}


@cache
def _catalogue() -> Mapping[str, LoadedProbe]:
    return load_probes()


def judge_all(phone: Phone) -> dict[str, ProbeResult]:
    """Judge every probe of the senses on one virtual phone; each command is run once."""
    probes = [_catalogue()[name] for name in probe_ids()]
    requests = {request.key: request for loaded in probes for request in loaded.probe.requests}
    replies = {
        key: answer(phone, request)
        for key, request in requests.items()
        if isinstance(request, Shell)
    }
    return {loaded.probe.id: _judged(loaded, replies, phone.name) for loaded in probes}


def _judged(loaded: LoadedProbe, replies: Mapping[str, Reply], phone_name: str) -> ProbeResult:
    known = {
        name: Fact(value=value, source=Source(text=Text("the data sheet"), basis=Basis.VENDOR))
        for name, value in facts_for(phone_name, loaded.probe.id).items()
    }
    return judge(loaded, Answers(loaded.probe, replies, now=NOW, facts=known))
