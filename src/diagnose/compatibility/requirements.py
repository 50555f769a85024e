"""What an app asks of a phone, from its manifest or from a `requirements.toml`."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from diagnose.errors import AppInvalid, did_you_mean
from diagnose.model.compatibility import ABIS
from diagnose.model.frozen import Frozen
from diagnose.toml import NotToml, read_toml

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\w.\-]+$")]
Level = Annotated[str, Field(pattern=r"^\d{1,2}\.\d{1,2}$")]
ApiLevel = Annotated[int, Field(ge=1, le=10_000)]
_MOST = 2000


class AppRequirements(Frozen):
    """What the app asks for; None and empty mean it asks for nothing there.

    `abis`: kinds of native code the app carries, any one of which will do. `features`: those it
    declares as required. `native_alignment`: the smallest alignment in bytes of its 64-bit
    libraries, which must not be below the phone's memory page. `libraries`, `native_libraries` and
    `static_libraries`: of the system, of its native code and of other apps, without which Android
    refuses to install it. `shared_user`: the identity of the system it runs under
    (`android.uid.system`), which takes the key of the phone's maker. `needs_splits`: it is only the
    base of an app whose other parts are not here. `unclear`: levels that are stated and cannot be
    compared (a code name, a reference).
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
    libraries: Annotated[tuple[Name, ...], Field(max_length=_MOST)] = ()
    native_libraries: Annotated[tuple[Name, ...], Field(max_length=_MOST)] = ()
    static_libraries: Annotated[tuple[Name, ...], Field(max_length=_MOST)] = ()
    shared_user: Annotated[str, Field(max_length=200, pattern=r"^[\w.\-]*$")] = ""
    needs_splits: bool = False
    is_test_only: bool = False
    unclear: Annotated[tuple[Name, ...], Field(max_length=10)] = ()

    @field_validator("abis")
    @classmethod
    def _known(cls, abis: tuple[str, ...]) -> tuple[str, ...]:
        for abi in abis:
            if abi not in ABIS:
                hint = did_you_mean(abi, ABIS)
                raise ValueError(f"no kind of machine code is called {abi!r}; {hint}")
        return abis

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min_sdk and self.max_sdk and self.min_sdk > self.max_sdk:
            raise ValueError("min_sdk is above max_sdk")
        return self


def parse_requirements(data: bytes, *, name: str = "requirements.toml") -> AppRequirements:
    """Read the words of a `requirements.toml`; raises `AppInvalid` with what is wrong."""
    try:
        values: dict[str, Any] = read_toml(data)
    except NotToml as problem:
        raise AppInvalid(f"{name} is no valid TOML: {problem}", hint=HINT) from problem
    if values.pop("schema", 1) != 1:
        raise AppInvalid(f"{name} is of a schema this version does not know", hint="schema = 1")
    found = checked(values, name)
    if found.model_copy(update={"package": "", "version_name": ""}) == AppRequirements():
        raise AppInvalid(f"{name} asks for nothing: nothing could be compared", hint=_KEYS)
    return found


def checked(values: dict[str, Any], name: str) -> AppRequirements:
    """Build the model; its first complaint becomes one plain line."""
    try:
        return AppRequirements.model_validate(values)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise AppInvalid(f"{name}: {where or 'file'}: {first['msg']}", hint=_KEYS) from problem


HINT = "give an app (.apk, .apks, .xapk, .aab), or a TOML file with min_sdk, abis and so on"
_KEYS = f"known keys: schema, {', '.join(AppRequirements.model_fields)}"
