"""Any later change of what was shown voids the consent, and is named."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.case.rules.samples import (
    ACCEPT,
    AFTER,
    FAULT,
    Counter,
    agreed,
    item,
    part,
    quote,
    report,
)

from diagnose.case.rules.changes import LONGEST_VALUE, _kind, differences, voiding_of
from diagnose.errors import CaseRefused
from diagnose.model.case import ConsentState, Stage
from diagnose.model.consent import ChangeKind
from diagnose.model.digest import digest_of
from diagnose.model.fault import Confidence
from diagnose.model.report import Report

AGREED = agreed().case
assert AGREED.page is not None
PAGE = AGREED.page.model_dump(mode="json")


def _leaves(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves(one, (*place, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _leaves(one, (*place, number))
    else:
        yield place


LEAVES = [leaf for leaf in _leaves(PAGE) if leaf != ("digest",)]


def _changed(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return "changed" if value is None else f"{value}!"


@given(st.sampled_from(LEAVES))
def test_any_single_field_that_changes_is_found_and_named(leaf: tuple[str | int, ...]) -> None:
    body = copy.deepcopy(PAGE)
    place: Any = body
    for step in leaf[:-1]:
        place = place[step]
    place[leaf[-1]] = _changed(place[leaf[-1]])
    found = differences(PAGE, body)
    names_its_entry = leaf[-1] in ("code", "id", "probe", "quote_id", "name", "measurement")
    assert found
    assert len(found) == 1 or names_its_entry


_PLAIN = [
    leaf
    for leaf in LEAVES
    if leaf[0] in ("report_id", "station", "device", "intake")
    and isinstance(json.loads(json.dumps(PAGE))[leaf[0]], str | dict)
    and "seal" not in leaf  # another seal is no text: see tests/casework/test_words.py
]


@given(st.sampled_from(_PLAIN), st.text(min_size=1, max_size=20))
def test_any_page_that_differs_voids_the_consent(leaf: tuple[str | int, ...], word: str) -> None:
    body = copy.deepcopy(PAGE)
    place: Any = body
    for step in leaf[:-1]:
        place = place[step]
    if not isinstance(place[leaf[-1]], str) or place[leaf[-1]] == word:
        return
    place[leaf[-1]] = word
    changed = Report.model_validate(body)
    changed = changed.model_copy(update={"digest": digest_of(changed)})
    voiding = voiding_of(AGREED, changed)
    assert voiding is not None
    assert [one.after for one in voiding.differences] == [word]


def test_the_same_page_voids_nothing() -> None:
    assert AGREED.page is not None
    assert voiding_of(AGREED, AGREED.page) is None


def test_a_higher_price_voids_the_consent_and_says_so() -> None:
    counter = agreed()
    items = (part(price="400.00"), item("battery-labour"), item("reinstall-system", "80.00"))
    case = counter.quote(quote(*items))
    assert case.stage is Stage.CONSENT_NEEDED
    assert case.consents[-1].state is ConsentState.VOIDED
    voiding = case.voidings[-1]
    assert voiding.above_ceiling
    named = {one.place: (one.kind, one.before, one.after) for one in voiding.differences}
    price = named["quote/items/battery-part/unit_price"]
    assert price == (ChangeKind.PRICE, "300.00", "400.00")
    with pytest.raises(CaseRefused, match="voided"):
        counter.work("battery-part")
    assert counter.decide(accept=("all",)).stage is Stage.AGREED


def test_a_lower_price_voids_it_too_but_is_not_above_the_ceiling() -> None:
    items = (part(price="200.00"), item("battery-labour"))
    case = agreed().quote(quote(*items))
    assert case.consents[-1].state is ConsentState.VOIDED
    assert not case.voidings[-1].above_ceiling
    gone = [one for one in case.voidings[-1].differences if one.after == ""]
    assert "quote/items/reinstall-system" in {one.place for one in gone}


def test_another_part_voids_it() -> None:
    case = agreed().quote(quote(part(part_no="COPY-1", part_condition="new")))
    kinds = {one.place: one.kind for one in case.voidings[-1].differences}
    assert kinds["quote/items/battery-part/part_no"] is ChangeKind.PART
    assert kinds["quote/items/battery-part/part_condition"] is ChangeKind.PART


def test_another_finding_voids_it_and_the_quote_has_to_be_made_again() -> None:
    counter = agreed()
    unsure = FAULT.model_copy(update={"confidence": Confidence.POSSIBLE})
    case = counter.diagnose(report(faults=(unsure,)))
    found = {one.place: one for one in case.voidings[-1].differences}
    change = found["faults/battery.worn/confidence"]
    assert (change.kind, change.before, change.after) == (
        ChangeKind.FINDING,
        "certain",
        "possible",
    )
    with pytest.raises(CaseRefused, match="no quote"):
        counter.decide(accept=("all",))


def test_what_weighs_most_is_named_first_and_the_list_is_bounded() -> None:
    case = agreed().diagnose(report(AFTER))
    kinds = [list(ChangeKind).index(one.kind) for one in case.voidings[-1].differences]
    assert kinds == sorted(kinds)
    assert len(kinds) <= 100


def test_a_refusal_is_not_voided() -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    counter.decide(decline=("all",))
    case = counter.quote(quote(part()))
    assert case.voidings == ()
    assert case.consents[-1].state is ConsentState.STANDS


def test_a_voided_consent_stays_in_the_record() -> None:
    counter = agreed()
    counter.quote(quote(part()))
    counter.decide(accept=("all",))
    states = [one.state for one in counter.case.consents]
    assert states == [ConsentState.VOIDED, ConsentState.STANDS]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


@given(_JSON, _JSON)
def test_two_documents_differ_exactly_where_differences_are_found(before: Any, after: Any) -> None:
    same = json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True)
    assert bool(differences(before, after)) == (not same)


def test_the_price_ceiling_of_the_consent_is_exact() -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    case = counter.decide(**ACCEPT, ceiling=Decimal("452.00"))
    assert case.consents[-1].consent.ceiling == Decimal("452.00")


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (("results", "0", "measurements", "1", "value"), ChangeKind.MEASUREMENT),
        (("results", "0", "outcome"), ChangeKind.MEASUREMENT),
        (("results", "0", "findings", "0", "text"), ChangeKind.FINDING),
        (("results", "0", "version"), ChangeKind.OTHER),
        (("faults", "0", "title"), ChangeKind.FINDING),
        (("quote", "items", "0", "total"), ChangeKind.PRICE),
        (("quote", "items", "0", "title"), ChangeKind.PART),
        (("quote", "valid_until"), ChangeKind.QUOTE),
        (("intake", "symptoms"), ChangeKind.INTAKE),
        (("tool", "version"), ChangeKind.OTHER),
        ((), ChangeKind.OTHER),
    ],
)
def test_the_kind_of_a_change_follows_from_its_place(
    place: tuple[str, ...], kind: ChangeKind
) -> None:
    assert _kind(place) is kind


@pytest.mark.parametrize(
    ("length", "shown"), [(LONGEST_VALUE, "x" * LONGEST_VALUE), (LONGEST_VALUE + 1, "…")]
)
def test_a_long_value_is_cut_to_what_a_page_holds(length: int, shown: str) -> None:
    new = copy.deepcopy(PAGE)
    new["intake"]["complaint"] = "x" * length
    (change,) = (c for c in differences(PAGE, new) if "complaint" in c.place)
    assert len(change.after) == LONGEST_VALUE
    assert change.after.endswith(shown)
