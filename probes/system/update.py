"""System updates: slots, and whether an update is still being finished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose.parsers.property_values import flag, line_of, word
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    Draft,
    OneOf,
    Outcome,
    Probe,
    Source,
    Spec,
    Text,
    Unit,
)

AOSP = Source(
    text="source.android.com, Virtual A/B: snapuserd runs after the start only until the merge of "
    "an update is finished",
    basis=Basis.VENDOR,
)
SLOT = ("ro.boot.slot_suffix", "ro.boot.slot")
SNAPSHOTS = "init.svc.snapuserd"


def interpret(answers: Answers) -> Iterator[Draft]:
    answers.text(GETPROP)
    properties = answers.properties
    slotted = flag(properties, "ro.build.ab_update") is True or bool(_slot(properties))
    yield answers.measure(
        "two_slots", slotted, GETPROP, raw=line_of(properties, "ro.build.ab_update")
    )
    if name := _slot(properties):
        slot = properties[name].strip(" _")[:5]
        yield answers.measure("slot", slot, GETPROP, raw=line_of(properties, name))
    if (virtual := flag(properties, "ro.virtual_ab.enabled")) is not None:
        raw = line_of(properties, "ro.virtual_ab.enabled")
        yield answers.measure("virtual_slots", virtual, GETPROP, raw=raw)
    if state := word(properties, SNAPSHOTS, 20):
        raw = line_of(properties, SNAPSHOTS)
        yield answers.measure("unfinished", state != "stopped", GETPROP, raw=raw)
    else:
        yield answers.unread("unfinished", GETPROP)


def _slot(properties: Mapping[str, str]) -> str | None:
    return next((name for name in SLOT if properties.get(name, "").strip()), None)


PROBE = Probe(
    id="system.update",
    title=Text("System update", "系统更新状态"),
    about=About(
        tested=Text(
            "How the phone updates itself, and whether an update is unfinished.",
            "手机的更新方式，以及是否有未完成的更新。",
        ),
        meaning=Text(
            "With two slots a failed update falls back to the old system.",
            "双分区机型更新失败时可回退到旧系统。",
        ),
        consequence=Text(
            "While an update is unfinished the phone can be slow, warm and short of space.",
            "更新未完成时，手机可能变慢、发热、空间不足。",
        ),
        action=Text(
            "Leave the phone charging for half an hour and test again before it is judged slow.",
            "请让手机充电半小时后重新检测，再判断是否卡顿。",
        ),
    ),
    requests=(GETPROP,),
    measures={
        "two_slots": Spec(Unit.NONE, Text("Two system slots", "双系统分区"), essential=True),
        "slot": Spec(Unit.NONE, Text("Running slot", "当前分区")),
        "virtual_slots": Spec(Unit.NONE, Text("Virtual slots", "虚拟分区")),
        "unfinished": Spec(
            Unit.NONE,
            Text("Update unfinished", "更新未完成"),
            OneOf(good=(False,), attention=(True,), source=AOSP),
            says={
                Outcome.ATTENTION: Text(
                    "A system update is still being finished: test again when it is done.",
                    "系统更新仍在进行中：请完成后重新检测。",
                )
            },
        ),
    },
    interpret=interpret,
    symptoms=("slow", "overheats"),
)
