"""Numbers are read as people write them, in every command."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from diagnose.cli import cli
from diagnose.cli.options import Number, WholeNumber


def _parameters(command: click.Command, ctx: click.Context) -> Iterator[click.Parameter]:
    yield from command.params
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            assert inner is not None
            yield from _parameters(inner, ctx)


def test_no_command_reads_numbers_as_a_programming_language_does() -> None:
    types = [type(one.type) for one in _parameters(cli, click.Context(cli))]
    loose = (click.INT.__class__, click.FLOAT.__class__, click.IntRange, click.FloatRange)
    assert not [one for one in types if one in loose]
    assert sum(one in (Number, WholeNumber) for one in types) > 15


@pytest.mark.parametrize("word", ["1_0", "١٢", "²", " 5", "+5", "0x5", "1e3", "nan", "inf", ""])
@pytest.mark.parametrize("kind", [WholeNumber(0, 10**6), Number(0, 10**6)])
def test_what_only_python_takes_for_a_number_is_refused(
    kind: WholeNumber | Number, word: str
) -> None:
    with pytest.raises(click.BadParameter, match="is not a valid"):
        kind.convert(word, None, None)


def test_numbers() -> None:
    assert WholeNumber(0, 10).convert("7", None, None) == 7
    assert Number(0, 10).convert("0.25", None, None) == 0.25
