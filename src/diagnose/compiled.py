"""Regular expressions compiled once for all runs: a run has six hundred, and they took 50 ms of it.

Python keeps its byte code and compiles the patterns of every module anew at each start. What it
makes of a pattern that stands in a module is kept in this user's cache, under the very Python that
made it; where nothing is kept, or that Python is made otherwise, all is as ever. A pattern that is
made later, out of what a phone or a person said, is never kept.
"""

from __future__ import annotations

import marshal
import re
import sys
import threading
from array import array
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from diagnose import __version__

_Key = tuple[str | bytes, int]
_Made = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""The other arguments of `_sre.compile`: flags, code, groups, and the names of groups both ways."""

_MOST_PATTERNS = 2000
_compiler: Any = getattr(re, "_compiler", None)
_engine: Any = getattr(_compiler, "_sre", None)
_kept: dict[_Key, _Made] = {}
_new: dict[_Key, _Made] = {}
_one_at_a_time = threading.Lock()


def use_kept_patterns() -> None:
    """Have `re` take what is kept, and note what it makes of the patterns of modules."""
    if _engine is None or sys.implementation.name != "cpython":
        return
    make = _compiler.compile
    read_once = cache(_read)

    def take_or_make(pattern: Any, flags: int = 0) -> Any:
        if type(pattern) not in (str, bytes):
            return make(pattern, flags)
        read_once()
        if known := _kept.get((pattern, flags)):
            return _taken(pattern, known)
        return _noted(make, pattern, flags)

    _compiler.compile = take_or_make


def keep_new_patterns() -> None:
    """Keep what was noted, beside what another process kept meanwhile; done at the end of a run."""
    if not _new or len(_kept) > _MOST_PATTERNS:
        return
    from diagnose.cache import keep

    _read()
    with suppress(OSError):
        keep(_place(), marshal.dumps(_kept | _new))
    _new.clear()


def _read() -> None:
    from diagnose.cache import read_kept  # with what it loads: `--version` needs no pattern

    with suppress(OSError, ValueError, EOFError, TypeError):
        _kept.update(marshal.loads(read_kept(_place())))  # noqa: S302 - nobody else wrote it


def _place() -> Path:
    from diagnose.cache import cache_folder

    folder = cache_folder("patterns")
    if folder is None:
        raise OSError
    python = f"{sys.implementation.cache_tag}-{sys.hexversion:x}-{_engine.MAGIC}-{_engine.CODESIZE}"
    return folder / f"{__version__}-{python}-{sys.platform}-{sys.byteorder}.patterns"


def _taken(pattern: str | bytes, made: _Made) -> Any:
    flags, code, *more = made
    words = array("I")
    words.frombytes(code)
    return _engine.compile(pattern, flags, words.tolist(), *more)


def _noted(make: Callable[[Any, int], Any], pattern: str | bytes, flags: int) -> Any:
    with _one_at_a_time:
        _compiler._sre = noting = _Noting()  # noqa: SLF001 - it has no other door
        try:
            found = make(pattern, flags)
        finally:
            _compiler._sre = _engine  # noqa: SLF001
    if noting.made and _is_constant():
        _new[pattern, flags] = noting.made
    return found


class _Noting:
    """`_sre` for one pattern: compiles, and notes what it was given to compile."""

    made: _Made | None = None

    def compile(self, pattern: Any, flags: int, code: list[int], *more: Any) -> Any:
        groups, numbers, names = more
        self.made = (flags, array("I", code).tobytes(), groups, dict(numbers), tuple(names))
        return _engine.compile(pattern, flags, code, *more)

    def __getattr__(self, name: str) -> Any:
        return getattr(_engine, name)


def _is_constant() -> bool:
    """Whether it stands in a module: that is known before any phone is asked.

    Not in `tokenize`, which shuffles its patterns at every start.
    """
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the frames are what is asked about
    asking = ""
    while frame:
        module = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if not asking and module != "re" and frame.f_globals is not globals():
            asking = module
        if frame.f_code.co_name == "exec_module" and module == "importlib":
            return asking != "tokenize"
        frame = frame.f_back
    return False
