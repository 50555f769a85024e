"""Repair actions: what can be done about a cause, whatever a shop takes for it."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from diagnose.model.bilingual import Bilingual
from diagnose.model.frozen import Frozen
from diagnose.model.quote import DataRisk
from diagnose.model.symptom import CODE


class ActionEntry(Frozen):
    """An action as it stands in `profiles/actions.toml`.

    `part` names the part it changes as `case/rules/parts.toml` does; empty: no part is needed.
    `part_title` is what that part is called on a quote.
    `prepares`: it is done before the repair proper (a backup, cleaning, a check). `may_solve`: it
    may already be the cure, so that what comes after it is done only where it was not.
    """

    title: Bilingual
    part: str = ""
    part_title: Bilingual | None = None
    data_risk: DataRisk = DataRisk.NONE
    prepares: bool = False
    may_solve: bool = False

    @model_validator(mode="after")
    def _names_its_part(self) -> Self:
        if bool(self.part) != bool(self.part_title):
            raise ValueError("a part needs its part_title, and a part_title its part")
        return self


class RepairAction(ActionEntry):
    """An action with its code."""

    code: str = Field(pattern=CODE)
