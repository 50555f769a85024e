"""Codecs of the maker's files."""

from __future__ import annotations

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import denied, interpret_probe, measurement

COMMAND = "grep MediaCodec /vendor/etc/media_codecs*.xml"
LINE = '/vendor/etc/media_codecs.xml:    <MediaCodec name="{}" type="video/{}" >\n'


def test_counts_and_formats() -> None:
    output = "".join(
        LINE.format(name, kind)
        for name, kind in (
            ("c2.acme.avc.decoder", "avc"),
            ("c2.acme.avc.decoder.secure", "avc"),
            ("c2.acme.av01.decoder", "av01"),
            ("c2.acme.avc.encoder", "avc"),
            ("OMX.google.vp9.decoder", "x-vnd.on2.vp9"),
        )
    )
    result = interpret_probe("system.codecs", {COMMAND: output})
    assert result.outcome is Outcome.OBSERVED
    counts = {n: measurement(result, n).value for n in ("decoders", "encoders", "secure_decoders")}
    assert counts == {"decoders": 3, "encoders": 1, "secure_decoders": 1}
    assert measurement(result, "decoded_types").value == ("video/av01", "video/avc")


def test_refused_is_not_run() -> None:
    result = interpret_probe("system.codecs", {COMMAND: denied(COMMAND)})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_file_that_only_includes_others_is_no_phone_without_codecs() -> None:
    output = "/vendor/etc/media_codecs.xml:<MediaCodecs>\n"
    result = interpret_probe("system.codecs", {COMMAND: output})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)
