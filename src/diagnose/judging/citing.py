"""The words of the phone behind a value: where in its answers they stand.

Evidence belongs to the measurement. Each source that was compared cites its own words; the one
whose value was chosen comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diagnose.model.criterion import Value
from diagnose.model.result import Evidence, Reading
from diagnose.model.text import Text
from diagnose.sdk import Answers, Candidate, Draft, Raw, Request
from diagnose.text import printable

_MOST_CITED = 60
_LONGEST_READING = 300
_MOST_WORDS = 200


def evidence_of(draft: Draft, answers: Answers) -> tuple[Evidence, ...]:
    """Find every cited word in the answer it was taken from."""
    if draft.candidates:
        ranked = sorted(draft.candidates, key=lambda candidate: -candidate.trust)
        found = [one for c in ranked for one in _cited(c.raw, c.request, answers)]
    else:
        found = [one for r in draft.requests for one in _cited(draft.raw, r, answers)]
    return tuple(dict.fromkeys(found))[:_MOST_CITED]


def readings_of(draft: Draft, answers: Answers) -> tuple[Reading, ...]:
    """What each source said, each with its own words."""
    best = max(draft.candidates, key=lambda candidate: candidate.trust, default=None)
    return tuple(_reading(one, answers, is_best=one is best) for one in draft.candidates)


def _reading(candidate: Candidate, answers: Answers, *, is_best: bool) -> Reading:
    cited = next(iter(_cited(candidate.raw, candidate.request, answers)))
    return Reading(
        source=candidate.request.key,
        value=_short(candidate.value),
        trust=candidate.trust,
        chosen=is_best,
        note=_note(candidate.note),
        raw=cited.raw,
        line=cited.line,
        offset=cited.offset,
    )


def _note(note: Text) -> Text:
    return Text(printable(note.en, 200), printable(note.zh, 200))


def _cited(raw: Raw, request: Request, answers: Answers) -> Iterator[Evidence]:
    """Each quotation that stands in the answer; the bare request where none does."""
    found = list(_found(raw, request, answers))
    if found:
        yield from found
        return
    words = raw if isinstance(raw, str) else next(iter(raw), "")
    yield Evidence(request=request.key, raw=printable(words))


def _found(raw: Raw, request: Request, answers: Answers) -> Iterator[Evidence]:
    answer = answers.everything(request)
    for words in _each(raw):
        at = _place(words, answer)
        if at >= 0:
            line = answer.count("\n", 0, at) + 1
            yield Evidence(request=request.key, raw=printable(words), line=line, offset=at)


def _each(raw: Raw) -> Iterable[str]:
    return filter(str.strip, (raw,) if isinstance(raw, str) else raw)


def _place(words: str, answer: str) -> int:
    """Where the words stand: where the parser found them, else where they stand first."""
    at = getattr(words, "at", -1)
    return at if at >= 0 and answer.startswith(words, at) else answer.find(words)


def _short(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(printable(word, 80) for word in value[:_MOST_WORDS])
    return printable(value, _LONGEST_READING) if isinstance(value, str) else value
