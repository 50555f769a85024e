"""Whether the data volume can be written to: file systems turn read-only on errors."""

from diagnose import sdk
from diagnose.parsers.storage.mounts import Mount, parse_mounts
from diagnose.requests import adb

SOURCES = ((adb.PROC_MOUNTS, 80), (adb.MOUNT, 70))


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    found = [
        (request, data, trust)
        for request, trust in SOURCES
        if (data := _data_volume(answers, request))
    ]
    if not found:
        read = any(answers.no_answer(request) is None for request, _ in SOURCES)
        reason = sdk.Reason.UNSUPPORTED if read else None
        yield answers.unread("data_writable", adb.PROC_MOUNTS, adb.MOUNT, reason=reason)
        return
    candidates = [
        sdk.Candidate(not data.is_read_only, request, raw=data.raw, trust=trust)
        for request, data, trust in found
    ]
    yield answers.compare("data_writable", candidates)
    request, data, _ = found[0]
    yield answers.measure("data_type", data.kind[:20], request, raw=data.raw)


def _data_volume(answers: sdk.Answers, request: sdk.Shell) -> Mount | None:
    return (answers.parse_or_none(request, parse_mounts) or {}).get("/data")


PROBE = sdk.Probe(
    id="storage.filesystem",
    title=sdk.Text("Data volume", "数据分区"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the volume with apps and data is mounted for writing.",
            "存放应用和数据的分区是否可写。",
        ),
        meaning=sdk.Text(
            "Android always mounts it writable; after errors the system makes it read-only.",
            "系统总是以可写方式挂载；出现错误后会变为只读。",
        ),
        consequence=sdk.Text(
            "Nothing can be saved any more, and the phone may not start again.",
            "此时无法保存任何内容，手机可能无法再次开机。",
        ),
        action=sdk.Text(
            "Copy the data off at once; then check the storage chip.",
            "请立即导出数据，然后检查存储芯片。",
        ),
    ),
    requests=(adb.PROC_MOUNTS, adb.MOUNT),
    measures={
        "data_writable": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Data can be written", "数据可写入"),
            criterion=sdk.OneOf(
                good=(True,),
                attention=(False,),
                source=sdk.Source(
                    text=sdk.Text(
                        "Linux kernel documentation, ext4 and f2fs: read-only after errors",
                        "Linux 内核文档，ext4 与 f2fs：出错后转为只读",
                    ),
                    basis=sdk.Basis.VENDOR,
                ),
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The data volume is read-only: the system met errors on the storage.",
                    "数据分区为只读状态：系统在存储上遇到了错误。",
                )
            },
            advice=sdk.Text("Copy the data off at once.", "请立即导出数据。"),
        ),
        "data_type": sdk.Spec(sdk.Unit.NONE, sdk.Text("File system", "文件系统")),
    },
    interpret=interpret,
    symptoms=("will-not-start", "slow"),
)
