"""A probe of one measure that a test makes up, judged as every probe is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from diagnose.judging.judgement import judge
from diagnose.knowledge.probes import LoadedProbe
from diagnose.model.criterion import Basis, Criterion, OneOf, Range, Source
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.result import About, ProbeResult
from diagnose.model.text import Text
from diagnose.model.unit import Unit
from diagnose.sdk import Answers, Draft, Probe, Remark, Shell, Spec
from diagnose.testing import NOW

ASK, OTHER = Shell("dumpsys", "thing"), Shell("dumpsys", "other")
LAW = Source(text=Text("a law"), basis=Basis.STANDARD)
LIMIT = Range(fail_below=80, attention_below=85, source=LAW)
WORD = Text("word", "词")
ABOUT = About(tested=WORD, meaning=WORD, consequence=WORD, action=WORD)
_OWN = object()


def judged(
    interpret: Callable[[Answers], Iterator[Draft | Remark]],
    *,
    criterion: Any = _OWN,
    of_words: tuple[bool | str, ...] = (),
    answer: str = "v: 1",
    limits: dict[str, Criterion] | None = None,
    probe: dict[str, Any] | None = None,
    **spec: Any,
) -> ProbeResult:
    """Judge the measure `value`: a fail below 80, attention below 85, where nothing is said.

    `of_words`: the good word and the bad one. `spec` and `probe` are further parts of both.
    """
    limit: Criterion | None = LIMIT if criterion is _OWN else criterion
    if of_words:
        limit = OneOf(good=of_words[:1], attention=of_words[1:], source=LAW)
    unit = spec.pop("unit", Unit.NONE)
    made = Probe(
        **{
            "id": "area.thing",
            "title": WORD,
            "about": ABOUT,
            "requests": (ASK, OTHER),
            "measures": {"value": Spec(unit, WORD, limit, **spec)},
            "interpret": interpret,
            **(probe or {}),
        }
    )
    reply = Reply(ASK.key, ReplyStatus.COMPLETE, answer.encode(), exit_code=0, duration_ms=7.0)
    other = Reply(OTHER.key, ReplyStatus.COMPLETE, b"w: 2", exit_code=0, duration_ms=9.0)
    answers = Answers(made, {ASK.key: reply, OTHER.key: other}, now=NOW)
    return judge(LoadedProbe(made, "here", "00", Path("x")), answers, limits)
