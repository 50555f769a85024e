"""What an app asks of a phone, from its manifest or from a `requirements.toml`."""

from __future__ import annotations

from typing import Annotated, Any, Self

import tomli
from pydantic import Field, ValidationError, model_validator

from diagnose.errors import AppInvalid
from diagnose.model.frozen import Frozen

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\w.\-]+$")]
Level = Annotated[str, Field(pattern=r"^\d{1,2}\.\d{1,2}$")]
ApiLevel = Annotated[int, Field(ge=1, le=10_000)]
_MOST = 2000


class AppRequirements(Frozen):
    """What the app asks for; None and empty mean it asks for nothing there.

    `abis`: kinds of native code the app carries, any one of which will do. `features`: those it
    declares as required. `native_alignment`: the smallest alignment in bytes of its 64-bit
    libraries, which must not be below the phone's memory page.
    """

    package: Annotated[str, Field(max_length=200)] = ""
    version_name: Annotated[str, Field(max_length=100)] = ""
    min_sdk: ApiLevel | None = None
    target_sdk: ApiLevel | None = None
    max_sdk: ApiLevel | None = None
    abis: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    features: Annotated[tuple[Name, ...], Field(max_length=_MOST)] = ()
    gl_es: Level | None = None
    vulkan: Level | None = None
    permissions: Annotated[tuple[Name, ...], Field(max_length=_MOST)] = ()
    native_alignment: Annotated[int, Field(ge=1, le=1 << 30)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min_sdk and self.max_sdk and self.min_sdk > self.max_sdk:
            raise ValueError("min_sdk is above max_sdk")
        return self


def parse_requirements(data: bytes, *, name: str = "requirements.toml") -> AppRequirements:
    """Read the words of a `requirements.toml`; raises `AppInvalid` with what is wrong."""
    try:
        values: dict[str, Any] = tomli.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomli.TOMLDecodeError, RecursionError) as problem:
        raise AppInvalid(f"{name} is no valid TOML: {problem}", hint=HINT) from problem
    if values.pop("schema", 1) != 1:
        raise AppInvalid(f"{name} is of a schema this version does not know", hint="schema = 1")
    return checked(values, name)


def checked(values: dict[str, Any], name: str) -> AppRequirements:
    """Build the model; its first complaint becomes one plain line."""
    try:
        return AppRequirements.model_validate(values)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise AppInvalid(f"{name}: {where or 'file'}: {first['msg']}", hint=_KEYS) from problem


HINT = "give an .apk file, or a TOML file with min_sdk, abis, features and so on"
_KEYS = f"known keys: schema, {', '.join(AppRequirements.model_fields)}"
