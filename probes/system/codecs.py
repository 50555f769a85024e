"""Codecs the maker declares for films and calls.

The live list (`dumpsys media.player`) is not asked: it also names the owner's open files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diagnose import sdk
from diagnose.parsers.system.media_codecs import Codec, parse_media_codecs
from diagnose.requests import adb

MOST_TYPES = 20


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.CODECS)
    codecs = answers.parse_or_none(adb.CODECS, parse_media_codecs)
    if codecs is None:
        # One file that only includes others holds no codec itself.
        yield answers.unread("decoders", adb.CODECS, reason=sdk.Reason.UNSUPPORTED)
        return
    hardware = [codec for codec in codecs if not codec.is_software]
    decoders = [codec for codec in hardware if not codec.encodes]
    yield _count(answers, "decoders", decoders)
    yield _count(answers, "encoders", [codec for codec in hardware if codec.encodes])
    yield _count(answers, "secure_decoders", [codec for codec in decoders if codec.is_secure])
    types = sorted({codec.media_type for codec in decoders if codec.media_type})[:MOST_TYPES]
    if types:
        yield answers.measure("decoded_types", tuple(types), adb.CODECS, raw=types[0])


def _count(answers: sdk.Answers, name: str, codecs: Sequence[Codec]) -> sdk.Draft:
    raw = f'<MediaCodec name="{codecs[0].name}"' if codecs else ""
    return answers.measure(name, len(codecs), adb.CODECS, raw=raw)


PROBE = sdk.Probe(
    id="system.codecs",
    title=sdk.Text("Codecs in hardware", "硬件编解码器"),
    about=sdk.About(
        tested=sdk.Text(
            "Which hardware codecs the maker's files declare.", "厂商文件中声明的硬件编解码器。"
        ),
        meaning=sdk.Text(
            "Films in a declared format play with little power; others load the processor.",
            "已声明格式的视频播放省电，其他格式会占用处理器。",
        ),
        consequence=sdk.Text(
            "Formats without a codec in hardware heat the phone and drain its battery.",
            "没有硬件解码的格式会使手机发热、耗电。",
        ),
        action=sdk.Text("Nothing to do: it belongs to the model.", "无需处理：由机型决定。"),
    ),
    requests=(adb.CODECS,),
    measures={
        "decoders": sdk.Spec(sdk.Unit.COUNT, sdk.Text("Decoders", "解码器"), essential=True),
        "encoders": sdk.Spec(sdk.Unit.COUNT, sdk.Text("Encoders", "编码器")),
        "secure_decoders": sdk.Spec(
            sdk.Unit.COUNT, sdk.Text("Decoders for protected films", "受保护视频解码器")
        ),
        "decoded_types": sdk.Spec(sdk.Unit.NONE, sdk.Text("Formats", "格式")),
    },
    interpret=interpret,
)
