"""`diagnose config`: set once, used everywhere; the command line and the environment come first."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from tests.commandline import Ended, diagnose_here


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {
        "DIAGNOSE_CONFIG": str(tmp_path / "config"),
        "DIAGNOSE_DATA": str(tmp_path / "data"),
        "DIAGNOSE_SHOP": "",
    }


def config(env: dict[str, str], *words: str | Path) -> Ended:
    return diagnose_here("config", *words, env=env)


def test_what_is_set_is_used_by_every_command(env: dict[str, str], tmp_path: Path) -> None:
    ended = config(
        env, *("--shop", "example-berlin", "--engineer", "Ada", "--language", "zh-CN"),
        *("--casebook", tmp_path / "book.db", "--json"),
    )  # fmt: skip
    assert ended.json["shop"] == "example-berlin"
    file = Path(ended.json["file"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    opened = diagnose_here("case", "open", "--complaint", "Akku leer", "--json", env=env).json
    assert (opened["shop"]["country"], opened["shop"]["currency"]) == ("DE", "EUR")
    assert opened["opened_by"] == "Ada"
    assert opened["retention"]["days"] == 761
    assert (tmp_path / "book.db").exists()
    assert "已登记" in diagnose_here("case", "list", env=env).out


def test_command_line_and_environment_come_first(env: dict[str, str]) -> None:
    config(env, "--shop", "example-berlin", "--engineer", "Ada", "--language", "zh-CN")
    other = env | {"DIAGNOSE_SHOP": "example-shenzhen", "DIAGNOSE_ENGINEER": "Li"}
    words = ("case", "open", "--complaint", "x", "--json")
    opened = diagnose_here(*words, env=other).json
    assert (opened["shop"]["country"], opened["opened_by"]) == ("CN", "Li")
    named = diagnose_here(*words, "--shop", "example-berlin", "--engineer", "Bo", env=other).json
    assert (named["shop"]["country"], named["opened_by"]) == ("DE", "Bo")
    assert "opened" in diagnose_here("case", "list", "--lang", "en", env=env).out


def test_without_a_shop_a_case_is_not_opened(env: dict[str, str]) -> None:
    ended = diagnose_here("case", "open", "--complaint", "x", env=env)
    assert ended.status == 2
    assert "which shop?" in ended.err
    assert "diagnose config --shop NAME" in ended.err


@pytest.mark.parametrize(
    ("words", "status", "answer"),
    [
        (("--shop", "example-berlim"), 2, "example-berlin"),
        (("--language", "fr"), 2, "fr"),
        (("--unset", "colour"), 2, "no setting"),
    ],
)
def test_a_slip_is_told_and_nothing_is_kept(
    env: dict[str, str], words: tuple[str, ...], status: int, answer: str
) -> None:
    ended = config(env, *words)
    assert ended.status == status
    assert answer in ended.err
    assert not (Path(env["DIAGNOSE_CONFIG"]) / "settings.toml").exists()


def test_a_setting_can_be_forgotten_and_a_shop_file_is_kept_by_its_whole_path(
    env: dict[str, str], tmp_path: Path
) -> None:
    from diagnose.knowledge.prices import load_price_book  # noqa: F401 - the file must be one

    shipped = Path(__file__).parent.parent.parent / "profiles" / "shops" / "example-berlin.toml"
    (tmp_path / "mine.toml").write_bytes(shipped.read_bytes())
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        assert config(env, "--shop", "mine.toml", "--json").json["shop"] == str(
            tmp_path / "mine.toml"
        )
    finally:
        os.chdir(before)
    assert config(env, "--unset", "shop", "--json").json["shop"] == ""


def test_a_broken_file_is_said_to_be(env: dict[str, str]) -> None:
    folder = Path(env["DIAGNOSE_CONFIG"])
    folder.mkdir()
    for text in ("shop = 3", "colour = 'red'", "shop ="):
        (folder / "settings.toml").write_text(text)
        ended = config(env)
        assert ended.status == 2
        assert "settings.toml" in ended.err
        assert "Traceback" not in ended.err


def test_a_password_is_not_shown(env: dict[str, str]) -> None:
    ended = config(env, "--casebook", "postgresql://ada:secret@db/cases", "--json")
    assert "secret" not in ended.out
