"""The trade-in report as AOSP writes it, and as a stranger might."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.battery.state import health_of_tradein
from diagnose.parsers.battery.wear import wear_of_tradein
from diagnose.parsers.storage.life import parse_storage_life_tradein
from diagnose.parsers.tradein.report import has_number, parse_tradein, product_properties

# The form of the example in Android's guide: the first builds said `health`, dates may be 0.
EARLY = {
    "battery": {"cycle_count": 21, "health": 99, "state": 2, "first_usage_date": 0},
    "storage": {"useful_lifetime_remaining": 98, "capacity_bytes": "64000000000"},
    "launch_level": 33,
    "locks": {"factory_reset_protection": False},
    "product": {"brand": "google", "device": "panther", "model": "Pixel 7", "name": "panther"},
}


def test_the_first_form_of_the_report() -> None:
    text = json.dumps(EARLY, indent=2)
    wear = {reading.name: reading.value for reading in wear_of_tradein(text)}
    assert wear == {"state_of_health": 99, "cycles": 21}
    health = health_of_tradein(text)
    assert health is not None
    assert (health.value, health.raw) == ("good", '"state": 2')
    assert product_properties(parse_tradein(text)) == {
        "ro.product.brand": "google",
        "ro.product.device": "panther",
        "ro.product.model": "Pixel 7",
        "ro.product.name": "panther",
        "ro.product.first_api_level": "33",
    }


@pytest.mark.parametrize(
    ("left", "step"), [(100, 1), (97, 1), (90, 1), (89, 2), (20, 8), (19, 9), (10, 9), (1, 10)]
)
def test_life_left_as_the_step_of_life_used(left: int, step: int) -> None:
    life = parse_storage_life_tradein(json.dumps({"storage": {"useful_lifetime_remaining": left}}))
    assert life.worst_estimate == step


@pytest.mark.parametrize("left", [0, -1, 101, "many", None, 50.5])
def test_life_that_is_none_is_unknown(left: object) -> None:
    with pytest.raises(ParseError):
        parse_storage_life_tradein(json.dumps({"storage": {"useful_lifetime_remaining": left}}))


@pytest.mark.parametrize("state", [0, 9, -1, "good", True, None, 2.5])
def test_a_health_code_that_is_none_is_unknown(state: object) -> None:
    assert health_of_tradein(json.dumps({"battery": {"state": state}})) is None


def test_of_a_report_without_end_only_what_is_known_is_looked_at() -> None:
    names = {f"name_{n}": n for n in range(10_000)}
    parts = [{"part_status": "original"}] * 2_000
    hinges = [{"num_times_folded": 1, "rated_lifespan": 2}] * 2_000
    report = parse_tradein(
        json.dumps(
            {
                "battery": names | {"cycle_count": 3},
                "screen": {"screens": parts},
                "hinge": {"hinges": hinges},
                **names,
            }
        )
    )
    assert set(report.battery) == {"cycle_count"}
    assert report.whole == {}
    assert len(report.screens) == len(report.hinges) == 16


@pytest.mark.parametrize(
    "text",
    [
        '{"battery": ' * 100_000,
        '{"battery": {"cycle_count": ' + "9" * 5_000 + "}}",
        '{"locks": {}, "x": "' + "a" * 2_000_000 + '"}',
    ],
    ids=["nested", "digits", "longer than read"],
)
def test_a_report_beyond_all_measure_is_no_report(text: str) -> None:
    with pytest.raises(ParseError):
        parse_tradein(text)


@pytest.mark.parametrize(
    ("listed", "known"),
    [
        (["<imei:12ab>", "<imei:34cd>"], True),
        (["000000000000000", "<imei:34cd>"], True),
        (["A1000049B1C2D3"], True),
        (["000000000000000", "00000000000000"], False),
        ([], None),
        (["", "null", "0", 350000000000006], None),
        ("<imei:12ab>", None),
        (None, None),
    ],
)
def test_a_list_of_numbers_holds_one_or_zeros_or_nothing(
    listed: object, known: bool | None
) -> None:
    assert has_number(parse_tradein(json.dumps({"locks": {}, "imeis": listed}))) is known


@pytest.mark.parametrize(
    ("output", "attested", "error"),
    [
        ({"certificates": "<certificate:0135>"}, True, None),
        ({"certificates": ["<certificate:0135>", "<certificate:77aa>"]}, True, None),
        ({"certificates": "", "error": "KeyMint error"}, False, "KeyMint error"),
        ({"error": "two\nlines\x1b[2J"}, False, "two lines\ufffd[2J"),
        ({"error": 12, "certificates": 7}, False, None),
        ({"error": "  "}, False, None),
        ({}, False, None),
        ("none", False, None),
    ],
)
def test_an_attestation_is_there_or_says_why_not(
    output: object, attested: bool, error: str | None
) -> None:
    report = parse_tradein(json.dumps({"locks": {}, "attestation": output}))
    assert report.attested is attested
    assert (report.attestation_error and report.attestation_error.value) == error


def test_of_a_long_exception_the_beginning_is_enough() -> None:
    report = parse_tradein(json.dumps({"locks": {}, "attestation": {"error": "x" * 100_000}}))
    assert report.attestation_error
    assert len(report.attestation_error.value) <= 80


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
_SECTIONS = st.sampled_from(
    ["battery", "storage", "screen", "hinge", "locks", "product", "serial", "imeis", "attestation"]
)


@given(
    st.dictionaries(
        _SECTIONS,
        _VALUES | st.dictionaries(st.sampled_from(["state", "certificates", "error"]), _VALUES),
    )
)
def test_any_json_is_a_report_or_a_parse_error(tree: dict[str, object]) -> None:
    try:
        report = parse_tradein(json.dumps(tree))
    except ParseError:
        return
    assert all(len(output.value) <= 200 for output in report.battery.values())
    assert all(isinstance(value, str) for value in product_properties(report).values())
