"""Modules that packages import at their own start and a run never uses: loaded where they are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_SELDOM = {
    "importlib.metadata": ("entry_points",),  # pydantic, for plugins that are switched off: 7 ms
    "asyncio": ("iscoroutine",),  # SQLAlchemy, for drivers that are not ours: 12 ms
    "urllib.request": (),  # segno by way of `xml.sax`, for files from the web: 6 ms
}
"""Their names, and what is taken out of them by name before anybody needs it."""


def load_seldom_used_later() -> None:
    """Have them wait for their first use; whoever uses them sees no difference.

    Not `importlib.util.LazyLoader`: the import statement itself looks at the module's `__spec__`,
    and that counts as a use.
    """
    for name, functions in _SELDOM.items():
        if name not in sys.modules:
            _put_off(name, functions)


def _put_off(name: str, functions: tuple[str, ...]) -> None:
    waiting = ModuleType(name)

    def load(wanted: str) -> Any:
        if sys.modules.get(name) is waiting:
            del sys.modules[name]
        return getattr(import_module(name), wanted)

    spec = find_spec(name)
    if spec and spec.submodule_search_locations:
        waiting.__path__ = list(spec.submodule_search_locations)
    for function in functions:
        setattr(waiting, function, _calling(load, function))
    waiting.__getattr__ = load  # type: ignore[method-assign]
    sys.modules[name] = waiting
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(import_module(parent), child, waiting)


def _calling(load: Callable[[str], Any], function: str) -> Callable[..., Any]:
    def call(*given: Any, **named: Any) -> Any:
        return load(function)(*given, **named)

    return call
