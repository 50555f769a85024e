"""Drafts: they load, they match the phone they were made from, and no phone can break them."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from diagnose.knowledge.probes import load_probes
from diagnose.knowledge.profiles.load import Shelf, read_profile
from diagnose.knowledge.profiles.match import choose
from diagnose.knowledge.profiles.schema import ProfileFile
from diagnose.knowledge.profiles.suggest import facts_told, suggest, suggested_id
from diagnose.model.criterion import Value
from diagnose.model.outcome import Outcome
from diagnose.model.result import Measurement
from diagnose.model.text import Text

PROBES = [loaded.probe for loaded in load_probes().values()]
PHONE = {
    "ro.product.manufacturer": "Acme",
    "ro.product.brand": "acme",
    "ro.product.model": "Acme One Pro+",
    "ro.product.device": "one",
    "ro.build.fingerprint": "acme/one/one:14/A1/77:user/release-keys",
}
BASE = 'schema = 1\nid = "acme/_base"\n[match]\n"ro.product.manufacturer" = "Acme"\n'


def measured(name: str, value: Value, *, simulated: bool = False) -> dict[str, Measurement]:
    return {
        name: Measurement(
            id=name,
            title=Text("x"),
            value=value,
            outcome=Outcome.OBSERVED,
            simulated=simulated,
        )
    }


def load_draft(text: str) -> ProfileFile:
    return ProfileFile.model_validate(tomllib.loads(text))


def test_the_draft_loads_and_matches_its_phone(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "_base.toml").write_text(BASE)
    draft = tmp_path / "acme" / "one-pro-plus.toml"
    draft.write_text(suggest(PHONE, {}, {"acme/_base"}))
    read_profile(draft, "acme/one-pro-plus")
    shelf = Shelf.of([tmp_path])
    found = choose([shelf.profile(name) for name in shelf.paths], PHONE)
    assert found.id == "acme/one-pro-plus"
    assert choose([found], found.seen[0].properties()) == found


def test_without_a_base_it_asks_for_the_maker_itself() -> None:
    draft = load_draft(suggest(PHONE, {}))
    assert draft.extends == "generic"
    assert set(draft.match) == {"ro.product.manufacturer", "ro.product.model"}


def test_what_was_measured_is_a_guess_of_the_model() -> None:
    draft = load_draft(suggest(PHONE, measured("cpu.cores.cores", 8), probes=PROBES))
    assert draft.facts["cpu_cores"].value == 8
    assert draft.facts["cpu_cores"].confidence.value == "guess"


def test_a_forced_value_says_nothing_of_the_model() -> None:
    assert not load_draft(
        suggest(PHONE, measured("cpu.cores.cores", 8, simulated=True), probes=PROBES)
    ).facts


def test_honor_phones_of_huawei_go_to_honor() -> None:
    answers = {"ro.product.manufacturer": "HUAWEI", "ro.product.brand": "HONOR"}
    assert suggested_id(answers | {"ro.product.model": "OXF-AN00"}) == "honor/oxf-an00"


def test_a_model_with_wildcards_still_matches_itself() -> None:
    answers = {"ro.product.manufacturer": "Acme", "ro.product.model": "A*[1]"}
    draft = load_draft(suggest(answers, {}))
    assert draft.match["ro.product.model"] == "A??1?"


@given(
    st.dictionaries(st.sampled_from([*PHONE, "ro.product.marketname"]), st.text(max_size=300)),
    st.one_of(
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=300),
        st.lists(st.text(max_size=20)).map(tuple),
    ),
)
def test_no_phone_can_break_the_draft(answers: dict[str, str], value: Value) -> None:
    text = suggest(answers, measured(facts_told(PROBES)["cpu_cores"], value), probes=PROBES)
    load_draft(text)
    assert not [sign for sign in text if unicodedata.category(sign) == "Cc" and sign != "\n"]


def test_a_phone_shown_to_tell_milliamperes_gets_the_quirk() -> None:
    unit, shown = (
        measured("battery.charge_flow.unit", "mA"),
        measured("battery.charge_flow.learned", value=True),
    )
    draft = load_draft(suggest(PHONE, unit | shown, probes=PROBES))
    assert draft.quirks["battery.current"]["unit"].value == "mA"
    guessed = measured("battery.charge_flow.learned", value=False)
    for not_shown in (unit, unit | guessed, measured("battery.charge_flow.unit", "µA") | shown):
        assert not load_draft(suggest(PHONE, not_shown, probes=PROBES)).quirks


def test_a_fact_that_no_phone_can_say_is_asked_for() -> None:
    text = suggest(PHONE, {}, probes=PROBES)
    assert "# memory_gb = " in text
    assert "# cpu_cores = " not in text, "a phone tells it"
