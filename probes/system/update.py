"""System updates: slots, whether one is still being finished, and whether the next has room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.property_values import flag, line_of, word
from diagnose.parsers.storage.df import Filesystem, parse_data_volume
from diagnose.parsers.storage.diskstats import parse_diskstats
from diagnose.requests import adb

AOSP = sdk.Source(
    text=sdk.Text(
        "source.android.com, Virtual A/B: snapuserd runs after the start only until the merge of "
        "an update is finished",
        "source.android.com Virtual A/B：snapuserd 仅在更新合并完成前运行",
    ),
    basis=sdk.Basis.VENDOR,
)
SLOT = ("ro.boot.slot_suffix", "ro.boot.slot")
SNAPSHOTS = "init.svc.snapuserd"
# A system of 5 to 6 GB, and its compressed snapshot is about 55 % of it.
ROOM_OF_SNAPSHOT = sdk.Range(
    attention_below=3.0,
    source=sdk.Source(
        text=sdk.Text(
            "source.android.com, Virtual A/B: the snapshot of an update lies on /data, compressed "
            "by about 45 %",
            "source.android.com Virtual A/B：更新快照存放于 /data，压缩约 45%",
        ),
        basis=sdk.Basis.GUESS,
    ),
)
ROOM_OF_PACKAGE = sdk.Range(
    attention_below=2.0,
    source=sdk.Source(
        text=sdk.Text(
            "without a second slot the whole package is stored on /data before it is installed",
            "没有第二分区时，安装前整包存放于 /data",
        ),
        basis=sdk.Basis.GUESS,
    ),
)
STREAMED = sdk.Text(
    "With two real slots an update is written as it arrives and needs next to no room.",
    "双分区机型边下载边写入备用分区，几乎不占用空间。",
)
SMALL_VOLUME_KIB = 16 * 1024 * 1024  # what phones of that time were updated with was smaller too


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    slotted = flag(properties, "ro.build.ab_update") is True or bool(_slot(properties))
    yield answers.measure(
        "two_slots", slotted, adb.GETPROP, raw=line_of(properties, "ro.build.ab_update")
    )
    if name := _slot(properties):
        slot = properties[name].strip(" _")[:5]
        yield answers.measure("slot", slot, adb.GETPROP, raw=line_of(properties, name))
    if (virtual := flag(properties, "ro.virtual_ab.enabled")) is not None:
        raw = line_of(properties, "ro.virtual_ab.enabled")
        yield answers.measure("virtual_slots", virtual, adb.GETPROP, raw=raw)
    if state := word(properties, SNAPSHOTS, 20):
        raw = line_of(properties, SNAPSHOTS)
        yield answers.measure("unfinished", state != "stopped", adb.GETPROP, raw=raw)
    else:
        yield answers.unread("unfinished", adb.GETPROP)
    yield _room(answers, slotted=slotted, virtual=bool(virtual))


def _room(answers: sdk.Answers, *, slotted: bool, virtual: bool) -> sdk.Draft:
    """Free space on the data volume, against what this way of updating needs there."""
    request = adb.DF_DATA
    volume = answers.parse_or_none(adb.DF_DATA, parse_data_volume)
    if volume is None and (stats := answers.parse_or_none(adb.DISKSTATS, parse_diskstats)):
        request, volume = adb.DISKSTATS, stats.data_volume
    if volume is None:
        return answers.unread("room", adb.DF_DATA, adb.DISKSTATS)
    limit = _limit(volume, slotted=slotted, virtual=virtual)
    note = STREAMED if slotted and not virtual else None
    free = round(volume.free_gb, 1)
    return answers.measure("room", free, request, raw=volume.raw, criterion=limit, note=note)


def _limit(volume: Filesystem, *, slotted: bool, virtual: bool) -> sdk.Range | None:
    if volume.total_kib < SMALL_VOLUME_KIB:
        return None
    if virtual:
        return ROOM_OF_SNAPSHOT
    return None if slotted else ROOM_OF_PACKAGE


def _slot(properties: Mapping[str, str]) -> str | None:
    return next((name for name in SLOT if properties.get(name, "").strip()), None)


PROBE = sdk.Probe(
    id="system.update",
    title=sdk.Text("System update", "系统更新状态"),
    about=sdk.About(
        tested=sdk.Text(
            "How the phone updates itself, and whether an update is unfinished or lacks room.",
            "手机的更新方式，是否有未完成的更新，以及空间是否足够。",
        ),
        meaning=sdk.Text(
            "With two slots a failed update falls back to the old system.",
            "双分区机型更新失败时可回退到旧系统。",
        ),
        consequence=sdk.Text(
            "While an update is unfinished the phone can be slow and warm; without room it fails.",
            "更新未完成时手机可能变慢、发热；空间不足则更新失败。",
        ),
        action=sdk.Text(
            "Leave the phone charging for half an hour and test again before it is judged slow.",
            "请让手机充电半小时后重新检测，再判断是否卡顿。",
        ),
    ),
    requests=(adb.GETPROP, adb.DF_DATA, adb.DISKSTATS),
    measures={
        "two_slots": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Two system slots", "双系统分区"), essential=True
        ),
        "slot": sdk.Spec(sdk.Unit.NONE, sdk.Text("Running slot", "当前分区")),
        "virtual_slots": sdk.Spec(sdk.Unit.NONE, sdk.Text("Virtual slots", "虚拟分区")),
        "unfinished": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Update unfinished", "更新未完成"),
            sdk.OneOf(good=(False,), attention=(True,), source=AOSP),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A system update is still being finished: test again when it is done.",
                    "系统更新仍在进行中：请完成后重新检测。",
                )
            },
        ),
        "room": sdk.Spec(
            sdk.Unit.GIGABYTE,
            sdk.Text("Room for an update", "可用于更新的空间"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Only {value} {unit} are free: the next system update may fail for that.",
                    "仅剩 {value} {unit}：下次系统更新可能因此失败。",
                )
            },
            advice=sdk.Text("Free some room before updating.", "更新前请先清理空间。"),
        ),
    },
    interpret=interpret,
    symptoms=("slow", "overheats", "update-fails"),
)
