"""Mappings: which system, and what goes into which of its fields (`profiles/tickets/NAME.toml`).

A shop's own stand in `tickets/` of its configuration folder, and go before those that ship.
No secret stands here: see `credentials.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from diagnose.errors import MappingInvalid, UnknownName
from diagnose.knowledge.bundled import bundled_folder
from diagnose.knowledge.data_file import read_data
from diagnose.model.frozen import Frozen
from diagnose.station.salt import config_folder
from diagnose.tickets.adapter import Adapter, adapter_class, adapter_names
from diagnose.tickets.sources import SOURCES

SystemName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,40}$")]


class FieldRule(Frozen):
    """What a field gets: a source, its values perhaps in the system's own words; or always one.

    In a file a source alone may stand for it: `risk = "risk"`.
    """

    source: str = ""
    values: Mapping[str, str] = Field(default_factory=dict)
    always: str = Field(default="", max_length=255)

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"source": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if bool(self.source) == bool(self.always):
            raise ValueError("say either source or always")
        if self.source:
            _refuse_unknown(self.source)
        return self


class Attach(Frozen):
    """What is attached. `words`: with what the customer said and what was noted on handing over."""

    report: bool = True
    page: bool = True
    words: bool = False


class MappingFile(Frozen):
    """A mapping as it stands in its file.

    `settle_s` is how long the system may still work on a request whose answer nobody waited for;
    `summary` names sources that are added to the text, personal ones only there.
    """

    adapter: str
    url: str = Field(default="", max_length=500)
    language: Literal["zh-CN", "en"] | None = None
    case_link: str = Field(default="", max_length=500, description="{case} is its number")
    cafile: Path | None = None
    timeout_s: float = Field(default=30.0, ge=0.1, le=300)
    settle_s: float = Field(default=30.0, ge=0, le=3600)
    largest_file_bytes: int | None = Field(default=None, ge=1000)
    options: Mapping[str, Any] = Field(default_factory=dict)
    fields: Mapping[str, FieldRule] = Field(default_factory=dict)
    summary: tuple[str, ...] = ()
    attach: Attach = Attach()

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Self:
        for source in self.summary:
            _refuse_unknown(source)
        if self.case_link and not re.match(
            r"https?://[^\s{}]*(\{case\}[^\s{}]*)?$", self.case_link
        ):
            raise ValueError("case_link is an address, with {case} where its number stands")
        return self


class TicketMapping(MappingFile):
    """A mapping with its name, its adapter, and the adapter's own options."""

    name: SystemName
    path: Path
    key: str
    """By which it is found again: its name, or its whole path where it lies elsewhere."""

    @property
    def adapter_class(self) -> type[Adapter]:
        """The class of its adapter."""
        return adapter_class(self.adapter)

    @property
    def own_options(self) -> Any:
        """The table `[options]` as the adapter knows it."""
        return self.adapter_class.Options.model_validate(self.options)

    @property
    def field_sources(self) -> Mapping[str, str]:
        """Every field with what it is made of; empty: always the same."""
        return {name: rule.source for name, rule in self.fields.items()}

    @property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The words that may be sent to a field: those of the mapping, or of the source."""
        rules = self.fields.items()
        offered = {n: (r.always,) if r.always else tuple(r.values.values()) for n, r in rules}
        own = {n: SOURCES[r.source].values for n, r in rules if r.source}
        return {name: values for name in offered if (values := offered[name] or own.get(name, ()))}

    @property
    def personal(self) -> Mapping[str, str]:
        """The personal data that are sent: each source, and where it goes."""
        places = {**{s: f"field {n!r}" for n, s in self.field_sources.items()}}
        places |= dict.fromkeys(self.summary, "summary")
        places |= {"complaint": "attachments"} if self.attach.words else {}
        return {s: place for s, place in places.items() if s in SOURCES and SOURCES[s].personal}


def _refuse_unknown(source: str) -> None:
    if source not in SOURCES:
        raise ValueError(f"{source}: {UnknownName('source', source, SOURCES).hint}")


def system_names() -> list[str]:
    """Every mapping that can be named: the shop's own and those that ship."""
    return sorted({path.stem for folder in _folders() for path in folder.glob("*.toml")})


def load_mapping(name: str) -> TicketMapping:
    """Load a mapping by its name or its path. Raises `UnknownName`, `MappingInvalid`."""
    path = _path(name)
    by_name = any(path.parent == folder for folder in _folders())
    key = path.stem if by_name else str(path.absolute())
    file = read_data(path, MappingFile, MappingInvalid)
    if file.adapter not in adapter_names():
        unknown = UnknownName("ticket adapter", file.adapter, adapter_names())
        raise MappingInvalid(f"{path}: {unknown.message}", hint=unknown.hint)
    try:
        mapping = TicketMapping(**dict(file), name=path.stem.lower(), path=path, key=key)
        _check_options(mapping)
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise MappingInvalid(f"{path}: {place}: {first['msg']}") from problem
    return mapping


def _check_options(mapping: TicketMapping) -> None:
    adapter = mapping.adapter_class
    adapter.Options.model_validate(mapping.options)
    holders = [n for n, source in mapping.field_sources.items() if source == "delivery_id"]
    if adapter.searchable and len(holders) != 1:
        raise MappingInvalid(
            f"{mapping.path}: no field holds the delivery id",
            hint='write one field = "delivery_id" under [fields]: by it nothing is sent twice',
        )


def _path(name: str) -> Path:
    if name.endswith(".toml"):
        path = Path(name)
        if path.is_file():
            return path
    for folder in _folders():
        if (path := folder / f"{name}.toml").is_file() and "/" not in name:
            return path
    raise UnknownName("ticket system", name, system_names())


def _folders() -> tuple[Path, Path]:
    return config_folder() / "tickets", bundled_folder("profiles") / "tickets"
