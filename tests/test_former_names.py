"""Programs of others import modules by the names they had before the rooms."""

from __future__ import annotations

from importlib import import_module

import pytest

from diagnose.former import _table
from diagnose.parsers.audio.devices import parse_audio_routes
from diagnose.run.planning import make_plan


@pytest.mark.parametrize("name", sorted(_table()))
def test_a_former_name_holds_what_its_successors_hold(name: str) -> None:
    held = vars(import_module(name))
    for successor in _table()[name]:
        public = {n for n in vars(import_module(successor)) if not n.startswith("_")}
        assert public <= held.keys()


def test_the_same_functions_are_found() -> None:
    assert import_module("diagnose.plan").make_plan is make_plan
    assert import_module("diagnose.parsers.audio").parse_audio_routes is parse_audio_routes


def test_a_name_that_never_was_is_not_found() -> None:
    with pytest.raises(ModuleNotFoundError):
        import_module("diagnose.never_was")
