"""The JSON Schemas of the contract, generated from the models."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, TypeAdapter

PUBLISHED = ("report", "run", "quote", "case", "capture")
"""Those that stand in `schemas/` and are kept: what other programs read and keep."""

NAMES = (*PUBLISHED, "profile", "plan")


def schema_of(name: str) -> dict[str, Any]:
    """Give the schema of one of `NAMES`, as JSON Schema 2020-12.

    That of a `case` is of an exported `case.json`; what `case show --json` prints is its
    `CaseDocument`. That of a `capture` is of each line of the file.
    """
    schema = _capture_line() if name == "capture" else _of_model(_model(name))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"diagnose:{name}-1",
        **schema,
    }


def reading_schema_of(name: str) -> dict[str, Any]:
    """Give the open form of a schema, for readers: members that it does not know are ignored.

    What is written keeps the strict form. A minor version only adds members, so that a reader who
    pins the open form of today takes what is written tomorrow.
    """
    schema = schema_of(name)
    return {**_opened(schema), "$id": f"diagnose:{name}-1:reading"}


def _opened(part: Any) -> Any:
    if isinstance(part, list):
        return [_opened(one) for one in part]
    if not isinstance(part, dict):
        return part
    closed = part.get("additionalProperties") is False
    return {
        key: _opened(value)
        for key, value in part.items()
        if not (closed and key == "additionalProperties")
    }


def _of_model(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(mode="serialization")


def _model(name: str) -> type[BaseModel]:
    if name == "report":
        from diagnose.model.report import Report

        return Report
    if name == "run":
        from diagnose.model.run_document import RunDocument

        return RunDocument
    if name == "quote":
        from diagnose.model.quote import Quote

        return Quote
    if name == "case":
        from diagnose.model.record import CaseRecord

        return CaseRecord
    if name == "plan":
        from diagnose.knowledge.plans import PlanFile

        return PlanFile
    from diagnose.knowledge.profiles.schema import ProfileFile

    return ProfileFile


def _capture_line() -> dict[str, Any]:
    """Describe a line of a capture: the header, a reply, the phone, or the end."""
    from diagnose.model.replies import ReplyStatus
    from diagnose.run.capture import FORMAT, End, Header, Subject

    header = _of_dataclass(Header)
    shared = header.pop("$defs", {})  # references are read from the top of the document
    attached = {key: value for key, value in header.items() if key != "$defs"}
    header["properties"] = {"capture": {"const": FORMAT}, **header["properties"]}
    header["required"] = ["capture", "started_at", "plan"]  # earlier captures say no more
    text, count = {"type": "string"}, {"type": "integer", "minimum": 0}
    fields = {
        "key": text,
        "status": {"enum": [status.value for status in ReplyStatus]},
        "exit_code": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "started_ms": {"type": "number"},
        "duration_ms": {"type": "number", "minimum": 0},
        "detail": text,
        "data_class": text,
        "effect": text,
        "masked": count,
        "dropped": count,
    }
    encoded = {"type": "string", "contentEncoding": "base64"}
    streams = {"stdout": text, "stderr": text, "stdout_base64": encoded, "stderr_base64": encoded}
    return {
        "title": "Capture",
        "description": "One line of a capture: the header (the first line), a reply,"
        " the phone, or the end. Other lines may be added; skip what you do not know.",
        "$defs": shared,
        "anyOf": [
            header,
            _closed(
                "Reply",
                {**fields, **streams},
                required=[name for name in fields if name != "dropped"],
            ),
            _closed("Attached", {"attached": attached}),
            _closed("Phone", {"phone": _of_dataclass(Subject)}),
            _closed("TheEnd", {"end": _of_dataclass(End)}),
        ],
    }


def _of_dataclass(kind: type) -> dict[str, Any]:
    schema = TypeAdapter(kind).json_schema(mode="serialization")
    return {**schema, "additionalProperties": False}


def _closed(
    title: str, properties: dict[str, Any], required: list[str] | None = None
) -> dict[str, Any]:
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required or list(properties),
        "additionalProperties": False,
    }
