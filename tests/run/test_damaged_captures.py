"""A capture file is a stranger's: whatever it holds ends in one plain line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commandline import diagnose_here
from tests.run.damage import STRANGE, places
from tests.thinning import examples

from diagnose.errors import CaptureInvalid
from diagnose.run.capture import FILE_NAME, read_capture

HEAD: dict[str, Any] = {"capture": 1, "started_at": "2026-11-22T12:00:00+00:00", "plan": "x"}
REPLY: dict[str, Any] = {
    "key": "shell:x",
    "status": "complete",
    "exit_code": 0,
    "started_ms": 1,
    "duration_ms": 1,
    "detail": "",
    "data_class": "hardware",
    "effect": "read",
    "masked": 0,
}
CAPTURES = Path(__file__).parents[1] / "captures"
DEEP = '{"a":' * 50_000 + "1" + "}" * 50_000


def _written(folder: Path, *lines: object) -> Path:
    content = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / "capture.jsonl").write_text("\n".join(content) + "\n")
    return folder


@pytest.mark.parametrize(
    "lines",
    [
        (DEEP,),
        (HEAD, DEEP),
        *((HEAD | change,) for change in ({"plan": 5}, {"probes": 5}, {"symptoms": None})),
        *((HEAD | {"started_at": at},) for at in ("0001-01-01T00:00:00+23:00", "9999-12-31", 7)),
        *((HEAD, REPLY | {name: "nan"}) for name in ("started_ms", "duration_ms", "masked")),
        *((HEAD, REPLY | {name: 1e300}) for name in ("started_ms", "duration_ms")),
        *((HEAD, REPLY | {"exit_code": code}) for code in ("x", [1], "²")),
        (HEAD, {"phone": {"serial_hash": 5}}),
        (HEAD, {"end": {"ended": "complete", "ended_at": 5}}),
        (HEAD, {"end": {}}),
        *((HEAD | {"app": {"x": [number]}},) for number in (float("nan"), float("-inf"))),
        (HEAD, json.dumps(REPLY).replace('"masked": 0', '"masked": 1e400')),
    ],
)
def test_what_is_damaged_is_one_plain_error(tmp_path: Path, lines: tuple[object, ...]) -> None:
    with pytest.raises(CaptureInvalid):
        read_capture(_written(tmp_path, *lines))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(name=st.sampled_from([*HEAD, *REPLY, "stdout", "phone", "end", "app"]), value=VALUES)
def test_any_value_in_any_place_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: object
) -> None:
    folder = tmp_path_factory.mktemp("capture")
    head = HEAD | ({name: value} if name in HEAD or name == "app" else {})
    reply = REPLY | ({name: value} if name in REPLY or name == "stdout" else {})
    more = [{name: value}] if name in ("phone", "end") else []
    try:
        read = read_capture(_written(folder, head, reply, *more))
    except CaptureInvalid:
        return
    assert isinstance(read.header.plan, str)


LINES = [json.loads(line) for line in (CAPTURES / "pixel-9" / FILE_NAME).read_text().splitlines()]


@pytest.mark.slow
@settings(max_examples=examples(400))
@given(data=st.data())
def test_a_capture_changed_anywhere_is_judged_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("capture")
    lines = json.loads(json.dumps(LINES))
    end = len(lines) - 1
    line = lines[data.draw(st.sampled_from([0, 1, end - 1, end]) | st.integers(0, end))]
    *outer, last = data.draw(st.sampled_from(list(places(line))))
    for key in outer:
        line = line[key]
    line[last] = data.draw(st.sampled_from(STRANGE))
    ended = diagnose_here("replay", _written(folder, *lines))
    assert ended.status in {0, 1, 2, 3, 5}, ended.err
    assert "a bug in diagnose" not in ended.err
