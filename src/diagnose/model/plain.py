"""`dataclass`, made in a quarter of the time: a run loads more than two hundred of them.

The standard library writes source for six methods of every class and compiles it at each start of
the program. Here the methods that look alike are written once, for all of them, and what makes an
instance is written when the first one is made. The type checker sees the original.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import Field
    from typing import Any


def _quick(cls: Any = None, /, *, frozen: bool = False, init: bool = True, eq: bool = True) -> Any:
    """Do what `dataclasses.dataclass` does; fields that are keyword-only are not for here."""

    def finish(cls: Any) -> Any:
        return _finished(cls, frozen=frozen, init=init, eq=eq)

    return finish if cls is None else finish(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _quick

__all__ = ["dataclass"]


def _finished(cls: Any, *, frozen: bool, init: bool, eq: bool) -> Any:
    theirs = set(cls.__dict__)
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the library makes one of a signature: 0.3 ms
    dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    own: dict[str, object] = {"__repr__": _repr}
    if init:
        own["__init__"] = _init_written_later(cls, frozen=frozen)
    if eq:
        own |= _comparison([each.name for each in fields(cls) if each.compare], frozen=frozen)
    if frozen:
        own |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    for name, what in own.items():
        if name not in theirs or (name == "__hash__" and cls.__hash__ is None):
            setattr(cls, name, what)
    return cls


def _init_written_later(cls: Any, *, frozen: bool) -> Callable[..., None]:
    def __init__(self: object, *given: object, **named: object) -> None:  # noqa: N807 - it is one
        cls.__init__ = _init(cls, frozen=frozen)
        cls.__init__(self, *given, **named)

    return __init__


def _init(cls: Any, *, frozen: bool) -> Any:
    """Write the function that takes a value a field; frozen instances are set past themselves."""
    known: dict[str, object] = {"_set": object.__setattr__, "_unset": MISSING}
    taken, lines = ["self"], []
    for each in fields(cls):
        name = each.name
        known[f"_of_{name}"] = each.default if each.default is not MISSING else _made(each)
        if each.init:
            taken.append(_parameter(each))
        elif each.default_factory is MISSING:
            continue
        value = name if each.init else "_unset"
        if each.default_factory is not MISSING:
            value = f"_of_{name}() if {value} is _unset else {value}"
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n ".join(lines or ["pass"])
    exec(f"def __init__({', '.join(taken)}):\n {body}", known)  # noqa: S102 - our own names
    known["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"  # type: ignore[attr-defined]
    return known["__init__"]


def _made(each: Field[Any]) -> object:
    if each.kw_only:
        raise TypeError(f"{each.name}: take dataclasses.dataclass for what is keyword-only")
    return each.default_factory


def _parameter(each: Field[Any]) -> str:
    if each.default_factory is not MISSING:
        return f"{each.name}=_unset"
    return each.name if each.default is MISSING else f"{each.name}=_of_{each.name}"


def _comparison(names: list[str], *, frozen: bool) -> dict[str, object]:
    """Equal where class and values are; what can change has no hash."""
    values = _values_of(names)

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it is one
        if other.__class__ is self.__class__:
            return bool(values(self) == values(other))
        return NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807 - it is one
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _values_of(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    if not names:
        return lambda _value: ()
    taken = attrgetter(*names)
    return taken if len(names) > 1 else lambda value: (taken(value),)


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_to_set(self: Any, name: str, value: object) -> None:
    if _is_frozen(self, name):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _refuse_to_delete(self: Any, name: str) -> None:
    if _is_frozen(self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")
    object.__delattr__(self, name)


def _is_frozen(value: Any, name: str) -> bool:
    """A class derived from a frozen one that is none itself may have attributes of its own."""
    return "__dataclass_fields__" in type(value).__dict__ or name in value.__dataclass_fields__
