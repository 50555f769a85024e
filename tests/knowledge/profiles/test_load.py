"""Profile files: what is refused, what is inherited, what is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commandline import diagnose_here
from tests.thinning import one_in

from diagnose.errors import ProfileInvalid
from diagnose.knowledge.profiles import load
from diagnose.knowledge.profiles.load import Shelf, load_profiles, profile_for, read_profile
from diagnose.knowledge.profiles.match import FALLBACK, choose
from diagnose.knowledge.profiles.schema import SeenEntry
from diagnose.model.criterion import Basis, OneOf, Range

GENERIC = 'schema = 1\nid = "generic"\ntitle = "Any"\n'
BASE = """
schema = 1
id = "acme/_base"
extends = "generic"
[match]
"ro.product.manufacturer" = "Acme"
[facts]
nfc = { value = true, source = "acme.test: all phones", confidence = "vendor" }
cpu_cores = { value = 4, source = "acme.test: all phones", confidence = "guess" }
[quirks."battery.health"]
scale = { value = 1, why = "kernel reports whole degrees", since = "1.0" }
"""
ONE = """
schema = 1
id = "acme/one"
extends = "acme/_base"
title = "Acme One"
[match]
"ro.product.device" = "one"
[facts]
cpu_cores = { value = 8, source = "acme.test: Acme One", confidence = "vendor" }
memory_gb = { value = [6, 8], source = "acme.test: Acme One", confidence = "vendor" }
[limits."battery.health.cycles"]
attention_above = 500
fail_above = 800
source = "acme.test: battery of the Acme One"
confidence = "vendor"
[limits."battery.health.state"]
good = ["fine"]
attention = ["worn"]
source = "seen by us in the shop: one unit"
confidence = "guess"
"""
BAD = 'schema = 1\nid = "bad"\n'
SOURCED = 'source = "a page of ours"\nconfidence = "vendor"\n'
SHIPPED = tuple(load_profiles().values())
UNITS = [unit for profile in SHIPPED for unit in profile.seen]
KNOWN_PROPERTIES = {name for unit in UNITS for name in unit.properties()}
PHONE = {"ro.product.manufacturer": "Acme", "ro.product.device": "one"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, {"generic": GENERIC, "acme/_base": BASE, "acme/one": ONE})


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def refusal(folder: Path, text: str) -> ProfileInvalid:
    path = write(folder, {"bad": text}) / "bad.toml"
    with pytest.raises(ProfileInvalid) as caught:
        read_profile(path)
    assert str(path) in caught.value.message
    return caught.value


def test_inherits_the_chain_and_the_nearest_word_counts(folder: Path) -> None:
    one = Shelf.of([folder]).profile("acme/one")
    assert one.lineage == ("acme/_base", "generic")
    assert one.facts["nfc"].value is True
    assert one.facts["nfc"].profile == "acme/_base"
    assert one.facts["cpu_cores"].value == 8
    assert one.facts["cpu_cores"].source.basis is Basis.VENDOR
    assert one.facts["memory_gb"].value == ("6", "8")
    assert one.quirks_for("battery.health") == {"scale": 1}
    assert [condition.property for condition in one.match] == [
        "ro.product.manufacturer",
        "ro.product.device",
    ]


def test_limits_become_criteria_of_the_model(folder: Path) -> None:
    limits = Shelf.of([folder]).profile("acme/one").limits
    cycles, state = limits["battery.health.cycles"], limits["battery.health.state"]
    assert isinstance(cycles, Range)
    assert (cycles.attention_above, cycles.fail_above) == (500, 800)
    assert isinstance(state, OneOf)
    assert state.attention == ("worn",)


def test_sha256_covers_every_file_of_the_chain(folder: Path) -> None:
    before = Shelf.of([folder]).profile("acme/one").sha256
    write(folder, {"generic": GENERIC + "# a word more\n"})
    assert Shelf.of([folder]).profile("acme/one").sha256 != before


@pytest.mark.parametrize(
    ("text", "key", "near"),
    [
        (BAD + 'titel = "x"\n', "titel", "title"),
        (
            BAD + '[facts]\nnfc = { value = 1, source = "some page", sourse = "x" }\n',
            "facts.nfc.sourse",
            "source",
        ),
        (
            BAD + '[limits."a.b.c"]\nfail_over = 1\n' + SOURCED,
            'limits."a.b.c".fail_over',
            "fail_above",
        ),
    ],
)
def test_an_unknown_key_is_named_with_its_near_match(
    tmp_path: Path, text: str, key: str, near: str
) -> None:
    problem = refusal(tmp_path, text)
    assert key in problem.message
    assert near in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        'schema = 2\nid = "bad"\n',
        'schema = 1\nid = "../bad"\n',
        BAD + '[match]\n"a" = []\n',
        BAD + '[match]\n"a" = 3\n',
        BAD + '[facts]\nnfc = { value = true, confidence = "vendor" }\n',
        BAD + '[facts]\nnfc = { value = true, source = "a page" }\n',
        BAD + '[[seen]]\ncapture = "x"\n',
        BAD + '[limits."a.b.c"]\n' + SOURCED,
        BAD + '[limits."a.b.c"]\nfail_below = 1\ngood = ["x"]\n' + SOURCED,
        "not toml at all",
        "\x00",
    ],
)
def test_what_breaks_the_schema_is_refused(tmp_path: Path, text: str) -> None:
    refusal(tmp_path, text)


def test_a_guess_never_says_fail(tmp_path: Path) -> None:
    text = (
        BAD + '[limits."battery.health.cycles"]\nfail_above = 800\n'
        'source = "a feeling we had"\nconfidence = "guess"\n'
    )
    assert "never fail" in refusal(tmp_path, text).message


def test_the_id_is_the_path(folder: Path) -> None:
    write(folder, {"acme/two": ONE})
    with pytest.raises(ProfileInvalid, match="the path says 'acme/two'"):
        Shelf.of([folder]).profile("acme/two")


def test_a_missing_parent_is_named_with_its_near_match(folder: Path) -> None:
    write(folder, {"two": 'schema = 1\nid = "two"\nextends = "acme/_bas"\n'})
    with pytest.raises(ProfileInvalid) as caught:
        Shelf.of([folder]).profile("two")
    assert "acme/_base" in caught.value.hint


def test_a_circle_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a": 'schema = 1\nid = "a"\nextends = "b"\n'})
    write(tmp_path, {"b": 'schema = 1\nid = "b"\nextends = "a"\n'})
    with pytest.raises(ProfileInvalid, match="extends itself"):
        Shelf.of([tmp_path]).profile("a")


def test_a_model_must_extend_its_vendors_base(folder: Path) -> None:
    write(folder, {"acme/two": 'schema = 1\nid = "acme/two"\nextends = "generic"\n'})
    with pytest.raises(ProfileInvalid, match="does not extend"):
        Shelf.of([folder]).profile("acme/two")


def test_a_shops_folder_refines_a_shipped_profile(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "bundled_profiles", lambda: folder)
    shop = write(
        tmp_path_factory.mktemp("shop"),
        {"shop/one": 'schema = 1\nid = "shop/one"\nextends = "acme/one"\n'},
    )
    assert profile_for(PHONE).id == "acme/one"
    assert profile_for(PHONE, [shop]).id == "shop/one"
    assert profile_for(PHONE, [shop]).facts["cpu_cores"].value == 8


def test_one_id_in_two_folders_is_refused(folder: Path, tmp_path: Path) -> None:
    twin = write(tmp_path / "twin", {"acme/one": ONE})
    with pytest.raises(ProfileInvalid, match="carries the id"):
        Shelf.of([folder, twin])


def test_without_any_folder_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "bundled_profiles", lambda: tmp_path / "absent")
    assert profile_for(PHONE) == FALLBACK
    assert load_profiles() == {"generic": FALLBACK}


def test_only_vendors_that_can_fit_are_read(folder: Path) -> None:
    write(folder, {"zeta/_base": BASE.replace("acme", "zeta").replace("Acme", "Zeta")})
    write(folder, {"zeta/broken": "this is not TOML"})
    shelf = Shelf.of([folder])
    assert "zeta/broken" not in shelf.possible(PHONE)
    assert "zeta/broken" in shelf.possible({"ro.product.manufacturer": "Zeta"})


def test_only_models_that_can_fit_are_read_whole(folder: Path) -> None:
    other = ONE.replace("acme/one", "acme/other").replace('"one"', '"other"')
    write(folder, {"acme/other": other + "[facts]\nthis is not TOML"})
    assert Shelf.of([folder]).possible(PHONE) == ["acme/_base", "acme/one", "generic"]


def test_a_broken_head_is_not_passed_over(folder: Path) -> None:
    write(folder, {"acme/broken": "schema = \n"})
    assert "acme/broken" in Shelf.of([folder]).possible(PHONE)


@given(st.dictionaries(st.sampled_from(sorted(KNOWN_PROPERTIES)), st.text(max_size=12)))
def test_the_sieve_changes_nothing(answers: dict[str, str]) -> None:
    assert profile_for(answers).id == choose(SHIPPED, answers).id


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.model or unit.fingerprint)
def test_the_sieve_lets_every_seen_unit_through(unit: SeenEntry) -> None:
    assert profile_for(unit.properties()) == choose(SHIPPED, unit.properties())


@pytest.mark.parametrize(
    "value",
    one_in(
        3,
        [
            *(
                "9" * 5000,
                "-" + "9" * 400,
                "1e400",
                "nan",
                "[" * 3000 + "]" * 3000,
                "0x" + "f" * 4000,
            ),
            *(
                "1979-05-27",
                "{a = {b = 1}}",
                "[[1], []]",
                '"\\u0000"',
                "[",
                '"' + "y" * 300_000 + '"',
            ),
        ],
    ),
    ids=lambda value: value[:12],
)
@pytest.mark.parametrize("key", one_in(5, ["facts", "schema", "title", "match", "a" + ".a" * 2000]))
def test_whatever_a_profile_says_ends_in_one_plain_line(
    tmp_path: Path, key: str, value: str
) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    answers = {"schema": "1", "id": '"acme/one"', key: value}
    (folder / "one.toml").write_text("".join(f"{k} = {v}\n" for k, v in answers.items()))
    ended = diagnose_here("profiles", "check", "--profile-dir", tmp_path)
    if key == "title" and value.startswith('"\\u'):
        return  # a title of one odd sign is a title
    assert ended.status in (1, 3), ended.err
    assert "Traceback" not in ended.err
    assert max(map(len, (ended.out + ended.err).split("\n"))) < 500
