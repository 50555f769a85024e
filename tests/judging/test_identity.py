"""Who a phone says it is, by its properties or from outside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from diagnose.judging.identity import identify, identify_from_outside
from diagnose.model.replies import Reply, ReplyStatus


@pytest.mark.parametrize(
    ("properties", "build"),
    [
        ({}, ""),
        ({"ro.build.version.incremental": "I"}, "I"),
        ({"ro.build.version.incremental": "I", "ro.build.id": "B"}, "B"),
        ({"ro.build.id": "B", "ro.build.display.id": " D "}, "D"),
        ({"ro.build.id": "B", "ro.build.display.id": "  "}, "B"),
        ({"ro.build.display.id": "D", "ro.vivo.product.version": "V"}, "V"),
        (
            {
                "ro.build.display.id": "D",
                "ro.build.version.incremental": "V14.0.3.0",
                "ro.miui.ui.version.name": "V14",
            },
            "V14.0.3.0",
        ),
    ],
)
def test_the_build_is_what_the_phones_own_page_calls_it(
    properties: dict[str, str], build: str
) -> None:
    assert identify(properties).build == build


def test_a_phone_that_says_nothing_has_no_system() -> None:
    assert identify({}).os == ""
    assert identify({"ro.build.version.release": "14"}).os == "Android"


def test_what_a_phone_says_of_itself_is_cut_and_steers_nothing() -> None:
    who = identify({"ro.product.model": "A" * 150, "ro.build.version.security_patch": "2" * 40})
    assert (len(who.model), len(who.security_patch)) == (100, 20)


def outside(**answers: str | Reply) -> Any:
    names = {
        "info": "serial:AT+DEVCONINFO",
        "model": "serial:AT+CGMM",
        "maker": "serial:AT+CGMI",
        "product": "fastboot:getvar product",
        "all": "fastboot:getvar all",
        "usb": "usb:descriptors",
        "faces": "host:faces",
    }
    replies = {
        names[name]: answer
        if isinstance(answer, Reply)
        else Reply(names[name], ReplyStatus.COMPLETE, answer.encode(), exit_code=0)
        for name, answer in answers.items()
    }
    return identify_from_outside(replies)


INFO = "+DEVCONINFO: MN(SM-S911B);BASE(SM-N900);VER(S911BXXU1);HIDVER(1);MNC();PRD(EUX)\r\nOK\r\n"
USB = json.dumps({"vendor": "18d1", "product_name": "Pixel 9"})


def test_the_modem_is_believed_before_the_loader_before_the_bus() -> None:
    who = outside(info=INFO, model="SM-X\r\nOK\r\n", product="husky\n")
    assert (who.model, who.build) == ("SM-S911B", "S911BXXU1")
    assert outside(model="SM-X\r\nOK\r\n", product="husky\n").model == "SM-X"
    assert outside(product="husky\n", all="product: shiba\n").model == "husky"
    assert outside(all="product: shiba\n").model == "shiba"


@pytest.mark.parametrize(
    ("rung", "model"), [("system", "Pixel 9"), ("system_closed", "Pixel 9"), ("bootloader", "")]
)
def test_the_name_on_the_bus_is_the_phones_only_where_its_system_runs(
    rung: str, model: str
) -> None:
    faces = json.dumps({"rung": rung, "state": "x"})
    assert outside(usb=USB, faces=faces).model == model


def test_the_maker_is_the_modems_word_or_the_number_on_the_bus() -> None:
    assert outside(maker="samsung\r\nOK\r\n", usb=USB).brand == "samsung"
    assert outside(usb=USB).brand == "Google"
    assert outside(usb=json.dumps({"vendor": "-"})).brand == ""
    assert outside().brand == ""


@pytest.mark.parametrize("words", ["[]", "{", "nonsense", "[" * 100_000])
def test_descriptors_that_are_none_say_nothing(words: str) -> None:
    assert outside(usb=words).model == ""


@pytest.mark.parametrize(
    "reply",
    [
        Reply("fastboot:getvar product", ReplyStatus.TRUNCATED, b"husky", exit_code=0),
        Reply("fastboot:getvar product", ReplyStatus.COMPLETE, b"husky", exit_code=1),
    ],
)
def test_half_an_answer_or_a_refusal_names_nobody(reply: Reply) -> None:
    assert outside(product=reply).model == ""


def test_an_at_command_that_was_refused_names_nobody() -> None:
    assert outside(model="\r\nERROR\r\n").model == ""
