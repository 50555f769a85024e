"""What a report cites of a phone can steer no terminal and turn no line of text round."""

from __future__ import annotations

from tests.judging.bench import ASK, OTHER, judged

from diagnose.model.text import Text
from diagnose.parsers.printed import Quoted
from diagnose.sdk import Candidate
from diagnose.testing import interpret_probe
from diagnose.text import printable

STEERING = "reboot,\u202eevil\x9b2J"


def test_no_reading_of_two_sources_carries_signs_that_steer() -> None:
    output = (
        f"[ro.boot.bootreason]: [{STEERING}]\n[sys.boot.reason]: [cold]\n"
        "[sys.boot.reason.last]: [reboot]\n[ro.build.version.sdk]: [34]\n"
    )
    result = interpret_probe("stability.boot_history", {"getprop": output})
    readings = [one for m in result.measurements for one in m.readings]
    assert readings
    for one in readings:
        for text in (str(one.note), one.raw, str(one.value)):
            assert text == printable(text, 1000)


def cited(raw: str | tuple[str, ...], answer: str) -> list[tuple[str, int, int | None]]:
    result = judged(lambda a: iter([a.measure("value", 90, ASK, raw=raw)]), answer=answer)
    return [(one.raw, one.line, one.offset) for one in result.measurements[0].evidence]


def test_words_are_found_with_their_line_and_offset() -> None:
    assert cited("v: 1", "a\nb\nv: 1") == [("v: 1", 3, 4)]
    assert cited("v: 1", "v: 1\nv: 1") == [("v: 1", 1, 0)]
    assert cited(("b", "a"), "a\nb") == [("b", 2, 2), ("a", 1, 0)]
    assert cited("a", "aa") == [("a", 1, 0)], "where they stand first"
    assert cited(("b", " "), "a\nb") == [("b", 2, 2)]


def test_the_parser_knows_which_of_two_equal_lines_it_read() -> None:
    assert cited(Quoted("v: 1", 5), "v: 1\nv: 1") == [("v: 1", 2, 5)]
    assert cited(Quoted("v: 1", 3), "v: 1\nv: 1") == [("v: 1", 1, 0)], "it does not stand there"


def test_words_that_are_not_there_are_shown_and_back_nothing() -> None:
    assert cited("gone", "v: 1") == [("gone", 0, None)]
    assert cited(("gone", "too"), "v: 1") == [("gone", 0, None)]
    assert cited("", "v: 1") == [("", 0, None)]
    assert cited((), "v: 1") == [("", 0, None)]
    assert cited(("gone", "v"), "v: 1") == [("v", 1, 0)], "one that is there is enough"


def test_what_is_cited_is_cut_and_each_is_cited_once() -> None:
    lines = tuple(f"line {number};" for number in range(70))
    assert len(cited(lines, "\n".join(lines))) == 60
    assert cited(("v", "v"), "v: 1") == [("v", 1, 0)]
    ((raw, line, offset),) = cited("x" * 300, "x" * 300)
    assert (len(raw), line, offset) == (200, 1, 0)


def test_of_several_sources_the_believed_one_is_cited_first_and_marked_alone() -> None:
    note = Text("n" * 300, "注" * 300)
    sources = [
        Candidate("w" * 400, OTHER, raw="w: 2", trust=50, note=note),
        Candidate(("a" * 100, "b"), ASK, raw="v: 1", trust=70),
    ]
    (found,) = judged(lambda a: iter([a.compare("value", sources)]), criterion=None).measurements
    assert [one.request for one in found.evidence] == [ASK.key, OTHER.key]
    other, best = found.readings
    assert (other.chosen, best.chosen) == (False, True)
    assert (other.source, other.trust, len(str(other.value))) == (OTHER.key, 50, 300)
    assert (len(other.note.en), len(other.note.zh)) == (200, 200)
    assert isinstance(best.value, tuple)
    assert [len(word) for word in best.value] == [80, 1]
    assert (best.raw, best.line, best.offset) == ("v: 1", 1, 0)


def test_a_long_list_of_a_source_is_shown_in_part() -> None:
    sources = [Candidate(tuple(map(str, range(201))), ASK, trust=70)]
    (found,) = judged(lambda a: iter([a.compare("value", sources)]), criterion=None).measurements
    assert found.readings[0].value == tuple(map(str, range(200)))
