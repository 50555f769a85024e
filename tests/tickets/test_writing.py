"""What is sent: short, in the shop's language, without markup, and personal only where named."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.case.rules.samples import FAULT, Counter, accepted_as, agreed, report

from diagnose.errors import MappingInvalid, UnknownName
from diagnose.model.digest import is_intact
from diagnose.model.intake import Intake
from diagnose.model.report import Report
from diagnose.tickets.compact import compacted, within
from diagnose.tickets.content import LONGEST_TEXT, Content
from diagnose.tickets.inert import inert
from diagnose.tickets.mapping import TicketMapping, load_mapping, system_names
from diagnose.tickets.schedule import DELAYS_S, LONGEST_WAIT_S, delay_s, seconds_until
from diagnose.tickets.updates import draft_notes
from diagnose.tickets.writing import TicketSubject, delivery_id, draft_ticket

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
NO_PAGE = "[attach]\npage = false\n"
SHIPPED = (
    *("file", "jira", "redmine", "request_tracker", "roundup"),
    *("servicenow", "stdout", "webhook", "zammad", "zendesk"),
)


def mapping(
    folder: Path, *, fields: str = "", head: str = "", tail: str = NO_PAGE
) -> TicketMapping:
    path = folder / "desk.toml"
    path.write_text(f'adapter = "stdout"\n{head}\n[fields]\n{fields}\n{tail}', "utf-8")
    return load_mapping(str(path))


def written(folder: Path, made: Report, lang: str = "en", **toml: str) -> Content:
    return draft_ticket(mapping(folder, **toml), TicketSubject(made, lang)).content


def complaining(words: str) -> Report:
    made = report(faults=(FAULT,))
    return made.model_copy(update={"intake": Intake(complaint=words, symptoms=("battery_drain",))})


def test_every_mapping_that_ships_can_be_loaded() -> None:
    assert set(SHIPPED) <= set(system_names())
    for name in SHIPPED:
        assert load_mapping(name).personal == {}


@pytest.mark.parametrize(
    ("toml", "answer"),
    [
        ('adapter = "redmin"', "redmine"),
        ('adapter = "redmine"\nurl = "x"\n[options]\nproject = "a"', "delivery id"),
        ('adapter = "stdout"\n[fields]\na = "serial_maked"', "serial_masked"),
        ('adapter = "stdout"\ncolour = "red"', "colour"),
        ('adapter = "file"', "folder"),
        ('adapter = "stdout"\n[fields]\na = { source = "risk", always = "x" }', "either"),
        ('adapter = "stdout"\ncase_link = "javascript:alert(1)"', "case_link"),
        ('adapter = "stdout"\npassword = "secret"', "password"),
    ],
)
def test_a_wrong_mapping_names_the_place(tmp_path: Path, toml: str, answer: str) -> None:
    (tmp_path / "own.toml").write_text(toml, "utf-8")
    with pytest.raises(MappingInvalid) as refused:
        load_mapping(str(tmp_path / "own.toml"))
    assert answer in f"{refused.value.message} {refused.value.hint}"


def test_an_unknown_system_names_the_near_one() -> None:
    with pytest.raises(UnknownName, match="redmin") as refused:
        load_mapping("redmin")
    assert "redmine" in refused.value.hint


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_a_summary_says_what_a_counter_needs(tmp_path: Path, lang: str) -> None:
    content = written(tmp_path, report(faults=(FAULT,)), lang, fields='risk = "risk"')
    assert len(content.text) < LONGEST_TEXT
    words = {
        "en": ("The battery is worn out (certain)", "5 of 5"),
        "zh-CN": ("电池老化", "5 项检测中 5"),
    }
    for one in (*words[lang], "Maker M1", content.delivery_id):
        assert one in content.text
    assert content.fields == {"risk": "red"}
    assert content.text.splitlines()[-1] == f"diagnose {content.delivery_id}"


def test_the_shops_language_goes_before_that_of_the_computer(tmp_path: Path) -> None:
    made, head = report(faults=(FAULT,)), 'language = "zh-CN"'
    own = mapping(tmp_path, head=head)
    assert own.language == "zh-CN"
    assert (
        "检测到故障" in draft_ticket(own, TicketSubject(made, own.language or "en")).content.subject
    )


def test_words_of_the_customer_go_only_where_they_are_named(tmp_path: Path) -> None:
    made = complaining("我叫王小明，电池不耐用")
    silent = written(tmp_path, made)
    (attached,) = silent.files
    assert "王小明" not in silent.text + attached.data.decode()
    assert is_intact(Report.model_validate_json(attached.data))
    told = written(tmp_path, made, head='summary = ["complaint"]', tail=NO_PAGE + "words = true")
    assert "王小明" in told.text
    assert "王小明" in told.files[0].data.decode()
    own = mapping(tmp_path, fields='who = "customer_name"', head='summary = ["complaint"]')
    assert own.personal == {"customer_name": "field 'who'", "complaint": "summary"}


def test_contact_of_a_case_goes_only_where_it_is_named(tmp_path: Path) -> None:
    case = agreed().case
    assert case.page is not None
    for fields, there in (("", False), ('who = "customer_name"\ncall = "customer_phone"', True)):
        subject = TicketSubject(case.page, "zh-CN", case)
        content = draft_ticket(mapping(tmp_path, fields=fields), subject).content
        whole = content.text + str(content.fields) + str([file.data for file in content.files])
        assert ("王小明" in whole, "13800138000" in whole) == (there, there)


def test_values_are_said_in_the_words_of_the_system(tmp_path: Path) -> None:
    fields = 'prio = { source = "risk", values = { red = "Hoch" } }\nqueue = { always = "Theke" }'
    content = written(tmp_path, report(faults=(FAULT,)), fields=fields)
    assert content.fields == {"prio": "Hoch", "queue": "Theke"}


def test_the_delivery_id_follows_from_what_is_sent() -> None:
    same = delivery_id("redmine", "report:1", "ticket")
    assert same == delivery_id("redmine", "report:1", "ticket")
    assert re.fullmatch(r"msg[a-z2-7]{26}", same)
    others = {delivery_id("rt", "report:1", "ticket"), delivery_id("redmine", "report:1", "1")}
    assert same not in others


HOSTILE = (
    *("<script>alert(1)</script>", "@admin @[~admin] @all", "!http://evil.example/x.png!"),
    *(
        "{{include(Secret)}} {$Ticket->Id} {{ticket.requester.email}}",
        "[[Wiki]] [x](http://e.example)",
    ),
    *("h1. Title", "# Title", "bq. quote", "||a||b||", "~strike~ -del- +ins+ ??cite??"),
    *("`code` *bold* _it_ ^sup^", "#1 user:admin commit:abc attachment:x", "www.evil.example"),
    *('"link":http://evil.example', "${jndi:ldap://x} %{x}", "&lt;b&gt; =cmd|' /C calc'!A0"),
    "\u202ereversed\x1b[31m\x00",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_of_others_is_no_markup(tmp_path: Path, words: str) -> None:
    content = written(tmp_path, complaining(words), head='summary = ["complaint"]')
    line = inert(words)
    assert not set(line) & set('<>[]{}@#*_`|~!^\\"&=%$+?\x1b\x00\u202e')
    assert not re.search(r":(?=[^\s\d])|(?i:www\.\S)|(?<![^\s(])-(?=\S)", line)
    assert not re.match(r"h\d\.|bq\.|\d+\.\s", line)
    assert line.lstrip("\u2060") in content.text


@given(st.text(max_size=300))
def test_any_words_come_out_as_one_inert_line(words: str) -> None:
    line = inert(words)
    assert "\n" not in line
    assert not set(line) & set('<>[]{}@#*_`|~!^\\"&=%$+?')
    assert inert(line) == line


def test_plain_words_stay_what_they_are() -> None:
    for words in (
        "电池不耐用，10:30 送修",
        "Pixel 9, Android 16",
        "no answer (lost)",
        "USB-C port",
    ):
        assert inert(words) == words


def test_what_is_too_large_is_said_with_its_hash(tmp_path: Path) -> None:
    content = written(tmp_path, report(faults=(FAULT,)), fields='sha = "report_sha256"')
    small = within(content, 2000)
    (whole,), (short,) = content.files, small.files
    assert short.name == "report-compact.json"
    assert json.loads(short.data)["compact_of"]["sha256"] == whole.sha256
    assert small.fields["sha"] == short.sha256 != content.fields["sha"] == whole.sha256
    assert whole.sha256 in small.text
    assert small.text.splitlines()[-1] == content.text.splitlines()[-1]
    none = within(small, 1000)
    assert none.files == ()
    assert "sha" not in none.fields
    assert len(none.text) < LONGEST_TEXT
    assert compacted(none) is None


def test_a_long_summary_still_ends_with_its_delivery(tmp_path: Path) -> None:
    content = written(tmp_path, report(faults=(FAULT,)))
    long = replace(content, text="x" * 1990 + "\ndiagnose msg")
    small = compacted(long)
    assert small is not None
    assert small.text.endswith("\ndiagnose msg")
    assert len(small.text) <= LONGEST_TEXT


def notes(counter: Counter, own: TicketMapping, known: frozenset[str] = frozenset()) -> list[str]:
    drafts = draft_notes(own, counter.chain, "en", set(known))
    return [draft.content.text.splitlines()[0].partition(",")[0] for draft in drafts]


def test_steps_of_a_case_become_notes_in_their_order(tmp_path: Path) -> None:
    own, counter = mapping(tmp_path), accepted_as(solved=True)
    assert notes(counter, own) == ["Consent", "Work done", "The customer tried it"]
    first, *_ = draft_notes(own, counter.chain, "en", set())
    assert notes(counter, own, frozenset({first.event})) == ["Work done", "The customer tried it"]
    for item in ("battery part (agreed)", "reinstall system (declined)"):
        assert item.replace(" ", "") in first.content.text.replace(" ", "")
    everything = "".join(d.content.text for d in draft_notes(own, counter.chain, "zh-CN", set()))
    for private in ("王小明", "13800138000", "as new", "in a hurry"):
        assert private not in everything
    assert "同意" in everything


def test_a_note_says_what_was_decided_then_and_not_what_is_decided_now(tmp_path: Path) -> None:
    counter = agreed()
    own = mapping(tmp_path)
    (before,) = draft_notes(own, counter.chain, "en", set())
    counter.decide(accept=(), decline=("battery-part", "battery-labour", "reinstall-system"))
    again, refused = draft_notes(own, counter.chain, "en", set())
    assert again.content == before.content
    assert "declined the repair" in refused.content.text


def test_the_schedule_is_that_of_standard_webhooks() -> None:
    minutes, hours = 60, 3600
    assert (
        *(0, 5, 5 * minutes, 30 * minutes),
        *(h * hours for h in (2, 5, 10, 14, 20, 24)),
    ) == DELAYS_S
    assert delay_s(10) is None
    for tries, seconds in enumerate(DELAYS_S):
        waits = delay_s(tries)
        assert waits is not None
        assert seconds <= waits <= 1.2 * seconds


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("-3", 0),
        ("1e99", 0),
        ("nan", None),
        ("soon", None),
        (format_datetime(NOW + timedelta(seconds=30), usegmt=True), 30),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0),
        ((NOW + timedelta(seconds=40)).isoformat(), 40),
        (str(int(NOW.timestamp()) + 50), 50),
        ("99999999", LONGEST_WAIT_S),
    ],
)
def test_when_to_come_back_is_read_in_every_form(answer: str, seconds: float | None) -> None:
    found = seconds_until(answer, NOW)
    if answer == "1e99":
        assert found == LONGEST_WAIT_S
    else:
        assert found == seconds
