"""The JSON Schemas of the contract, generated from the models."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def schema_of(name: str) -> dict[str, Any]:
    """Give the schema of `report`, `profile` or `plan`, as JSON Schema 2020-12."""
    schema = _model(name).model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"diagnose:{name}-1",
        **schema,
    }


def _model(name: str) -> type[BaseModel]:
    if name == "report":
        from diagnose.model.report import Report

        return Report
    if name == "plan":
        from diagnose.plan import PlanFile

        return PlanFile
    from diagnose.profile.schema import ProfileFile

    return ProfileFile
