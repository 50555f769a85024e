"""Price books: what is refused, and which part a phone gets."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from diagnose.errors import PriceBookInvalid, UnknownName
from diagnose.knowledge.actions import load_actions
from diagnose.knowledge.prices import Offer, PartPrice, load_price_book, shop_names
from diagnose.knowledge.profiles.load import load_profiles
from diagnose.model.quote import PartCondition

Write = Callable[[str], Path]
GOOD = """
currency = "EUR"
tax_rate = "0.19"
labour_rate_per_hour = "60"
warranty_days = 90
price_method = { en = "Time and parts.", zh = "工时加配件。" }
place_of_handover = "At the counter"
[shop]
name = "Shop"
country = "DE"
time_zone = "Europe/Berlin"
[actions.restart]
free = true
[actions.replace-battery]
labour_minutes = 30
unknown_part = { max_price = "50", condition = "original" }
"""
_KEEP = """
[retention]
days = 30
days_without_work = 20
reason = { en = "Our warranty.", zh = "保修期" }
"""
GOOD += _KEEP


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(text: str) -> Path:
        path = tmp_path / "mine.toml"
        path.write_text(text, "utf-8")
        return path

    return to_file


@pytest.mark.parametrize("name", shop_names())
def test_the_example_shops_load_and_price_parts_of_profiles_that_exist(name: str) -> None:
    book = load_price_book(name)
    profiles = load_profiles()
    assert book.validity_days >= 30
    assert set(book.actions) <= set(load_actions())
    for offer in book.actions.values():
        for part in offer.parts:
            assert any(fnmatchcase(known, part.profile) for known in profiles), part.profile


def test_the_examples_are_of_two_currencies() -> None:
    assert {load_price_book(name).currency for name in shop_names()} == {"CNY", "EUR"}


def test_a_book_is_found_by_its_path(write: Write) -> None:
    book = load_price_book(str(write(GOOD)))
    assert (book.reference.id, len(book.reference.sha256)) == ("mine", 64)


def test_a_shop_says_how_long_it_keeps_private_data_and_why(write: Write) -> None:
    rule = load_price_book(str(write(GOOD))).retention
    kept = rule.retention
    assert (kept.days, kept.days_without_work, kept.reason.zh) == (30, 20, "保修期")


def test_law_follows_the_shop_and_its_file_says_which(write: Write) -> None:
    terms = load_price_book("example-berlin").terms("example-berlin", fee_told=True)
    assert (terms.country, terms.currency, terms.time_zone) == ("DE", "EUR", "Europe/Berlin")
    assert f"{terms.fee_due:.2f}" == "22.61"  # with tax
    assert load_price_book("example-berlin").terms("x", fee_told=False).fee_due == 0
    for gone, says in (
        ('country = "DE"', "country"),
        ('time_zone = "Europe/Berlin"', "time_zone"),
        (_KEEP, "retention"),
    ):
        with pytest.raises(PriceBookInvalid, match=says):
            load_price_book(str(write(GOOD.replace(gone, ""))))
    with pytest.raises(PriceBookInvalid, match="time_zone"):
        load_price_book(str(write(GOOD.replace("Europe/Berlin", "Europe/Atlantis"))))


def test_an_unknown_shop_is_refused_with_the_near_one() -> None:
    with pytest.raises(UnknownName) as refused:
        load_price_book("example-berlim")
    assert "example-berlin" in refused.value.hint


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[actions.restart]", "[actions.restrat]"), "restrat"),
        (('"60"', "60.5"), "exact decimal"),
        (('"60"', '"-1"'), "greater than or equal"),
        (("free = true", "labour_minutes = 0"), "free = true"),
        (("free = true", "free = true\nlabour_minutes = 5"), "not both"),
        (('"EUR"', '"Euro"'), "currency"),
        (('tax_rate = "0.19"', 'tax_rate = "19"'), "tax_rate"),
        (("warranty_days = 90", "warranty_days = 90\nvalidity_days = 7"), "validity_days"),
        (('unknown_part = { max_price = "50", condition = "original" }', ""), "at most"),
        (('max_price = "50"', 'max_price = "0"'), "max_price"),
        (("free = true", 'unknown_part = { max_price = "5", condition = "new" }'), "no part"),
        (('name = "Shop"', ""), "shop.name"),
        ((_KEEP, _KEEP.replace("days = 30", "days = 0", 1)), "retention.days"),
        ((_KEEP, _KEEP.replace("days = 30", "days = 36500", 1)), "retention.days"),
        ((_KEEP, _KEEP.replace('zh = "保修期"', "")), "retention.reason.zh"),
        ((_KEEP, _KEEP.replace("days_without_work = 20", "")), "days_without_work"),
    ],
)
def test_a_broken_book_is_refused_with_its_place(
    write: Write, change: tuple[str, str], says: str
) -> None:
    assert change[0] in GOOD
    with pytest.raises(PriceBookInvalid) as refused:
        load_price_book(str(write(GOOD.replace(*change))))
    assert says in f"{refused.value.message} {refused.value.hint}"
    assert refused.value.exit_status == 3


def test_an_exact_profile_beats_a_glob() -> None:
    def part(profile: str) -> PartPrice:
        return PartPrice.model_validate(
            {
                "profile": profile,
                "part_no": profile,
                "condition": PartCondition.ORIGINAL,
                "unit_price": "1",
            }
        )

    offer = Offer(labour_minutes=1, parts=(part("huawei/*"), part("huawei/p30-pro")))
    chosen = [offer.part_for(profile) for profile in ("huawei/p30-pro", "huawei/x", "oppo/x")]
    assert [c.part_no if c else None for c in chosen] == ["huawei/p30-pro", "huawei/*", None]
