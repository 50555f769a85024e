"""A layout nobody has seen accuses nobody: answers with other separators, indents and bases.

Rows are dropped and garbled too: a list that was not read whole proves no absence. Whatever is done
to one answer of a healthy phone, there is no `fail`, no "not fitted", no cause above "possible".
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from zlib import crc32

import pytest
from tests.properties.judged import Subjected, corpus_phones, virtual_phones

from diagnose.judging.causes.ranking import diagnose
from diagnose.knowledge.causes import knowledge_beside
from diagnose.model.fault import Confidence
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.simulator.building import phone_names
from diagnose.testing import bundled_probes

Change = Callable[[list[str], random.Random], list[str]]


def _each(change: Callable[[str], str]) -> Change:
    return lambda lines, _chance: [change(line) for line in lines]


def _number_base(line: str) -> str:
    return re.sub(r"(?<![\w.])\d{2,9}(?![\w.])", lambda match: hex(int(match[0])), line)


def _drop_one(lines: list[str], chance: random.Random) -> list[str]:
    at = chance.randrange(len(lines)) if lines else 0
    return lines[:at] + lines[at + 1 :]


def _drop_many(lines: list[str], chance: random.Random) -> list[str]:
    return [line for line in lines if chance.random() > 0.2]


def _garble_one(lines: list[str], chance: random.Random) -> list[str]:
    at = chance.randrange(len(lines)) if lines else 0
    return [re.sub(r"[\w|:]", "?", line) if n == at else line for n, line in enumerate(lines)]


def _garble_many(lines: list[str], chance: random.Random) -> list[str]:
    return [re.sub(r"[|:=(\[]", "?", line) if chance.random() < 0.3 else line for line in lines]


CHANGES: dict[str, Change] = {
    "semicolons": _each(lambda line: line.replace("|", ";")),
    "equals": _each(lambda line: line.replace(": ", " = ")),
    "no blank": _each(lambda line: line.replace(": ", ":")),
    "commas": _each(lambda line: line.replace(", ", ";")),
    "indented": _each(lambda line: "  " + line),
    "unindented": _each(str.lstrip),
    "tabs": _each(lambda line: line.replace("  ", "\t")),
    "upper case": _each(str.upper),
    "number base": _each(_number_base),
    "bullets": _each(lambda line: re.sub(r"^(\s*)(\w)", r"\1- \2", line)),
    "one row less": _drop_one,
    "many rows less": _drop_many,
    "one row garbled": _garble_one,
    "many rows garbled": _garble_many,
    "first half": lambda lines, _chance: lines[: len(lines) // 2],
    "second half": lambda lines, _chance: lines[len(lines) // 2 :],
    "reversed": lambda lines, _chance: lines[::-1],
}


UNDETECTABLE = {
    ("shell:pm list features", "one row less"),
    ("shell:pm list features", "many rows less"),
}
"""`pm list features` states no number: a row that is gone without a trace cannot be missed."""


TRULY_UNFITTED = {("asus-TF201-3.2.1", "radio.sim"), ("industrial-ceres-c3", "radio.extras")}
"""They declare none in a whole list; only a property or a service names the part."""


def _results(phone: Subjected) -> Mapping[str, ProbeResult]:
    return {probe: phone.judged(probe) for probe in bundled_probes()}


def _askers(key: str) -> list[str]:
    return [
        name
        for name, loaded in bundled_probes().items()
        if any(request.key == key for request in loaded.probe.requests)
    ]


def _changed(reply: Reply, name: str) -> Reply:
    lines = reply.stdout.decode("utf-8", "replace").splitlines()
    output = "\n".join(CHANGES[name](lines, random.Random(reply.key + name)))  # noqa: S311
    return replace(reply, stdout=(output + "\n").encode() if output else b"")


def _problems(
    phone: Subjected,
    before: Mapping[str, ProbeResult],
    already: AbstractSet[str],
    key: str,
    change: str,
) -> Iterator[str]:
    answers = _changed(phone.replies[key], change)
    if answers.stdout == phone.replies[key].stdout:
        return
    replies = {**phone.replies, key: answers}
    after = {probe: phone.judged(probe, replies) for probe in _askers(key)}
    for probe, result in after.items():
        failing = {m.id for m in result.measurements if m.outcome is Outcome.FAIL}
        known = {m.id for m in before[probe].measurements if m.outcome is Outcome.FAIL}
        yield from (f"fail {name}" for name in failing - known)
        if (key, change) in UNDETECTABLE or (phone.name, probe) in TRULY_UNFITTED:
            continue
        unfitted = result.outcome is Outcome.NOT_APPLICABLE
        if unfitted and before[probe].outcome is not Outcome.NOT_APPLICABLE:
            yield f"not fitted {probe}: {result.detail}"
        if result.error and result.error.code != "parse":
            yield f"error {probe}: {result.error.message}"
    if all(after[probe].measurements == before[probe].measurements for probe in after):
        return
    results = tuple({**before, **after}.values())
    for fault in diagnose(results, (), knowledge_beside(bundled_probes())).faults:
        if fault.confidence is not Confidence.POSSIBLE and fault.code not in already:
            yield f"{fault.confidence} {fault.code}"


def _all_problems(phone: Subjected, names: Callable[[str], Iterable[str]]) -> list[str]:
    before = _results(phone)
    knowledge = knowledge_beside(bundled_probes())
    already = {fault.code for fault in diagnose(tuple(before.values()), (), knowledge).faults}
    return [
        f"{phone.name}: {key}: {name}: {problem}"
        for key in sorted(phone.replies)
        if phone.replies[key].stdout
        for name in names(key)
        for problem in _problems(phone, before, already, key, name)
    ]


def _shared_out(number: int, share: int) -> Callable[[str], Iterable[str]]:
    """Every so many-th change; the next phone with the same request is given the next ones."""
    return lambda key: list(CHANGES)[(number + crc32(key.encode())) % share :: share]


def problems_of(phone: Subjected) -> list[str]:
    """What every change of every answer leads to."""
    return _all_problems(phone, _shared_out(0, 1))


def count_of(phone: Subjected) -> int:
    """How many answers a change makes another of."""
    pairs = ((reply, name) for reply in phone.replies.values() for name in CHANGES)
    return sum(_changed(reply, name).stdout != reply.stdout for reply, name in pairs)


PARTS = 4
"""How the real phones are dealt out: the gate's workers each take a part."""


@pytest.mark.parametrize("phone", phone_names()[1:2], indirect=True)
def test_a_layout_nobody_has_seen_accuses_nobody(phone: Subjected) -> None:
    assert _all_problems(phone, lambda _key: ["semicolons", "many rows garbled"]) == []


def test_every_change_is_tried_on_every_request() -> None:
    for key in ("getprop", "dumpsys battery"):
        tried = [name for number in range(6) for name in _shared_out(number, 6)(key)]
        assert sorted(tried) == sorted(CHANGES)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(phone_names())))
def test_no_layout_accuses_a_virtual_phone(number: int) -> None:
    assert problems_of(virtual_phones()[number]) == []


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize("part", range(PARTS))
def test_no_layout_accuses_a_real_phone(part: int) -> None:
    phones = corpus_phones()[part::PARTS]
    if not phones:
        pytest.skip("the corpus is not here")
    tried = [_all_problems(phone, _shared_out(n, 6)) for n, phone in enumerate(phones, part)]
    assert [problem for problems in tried for problem in problems] == []
