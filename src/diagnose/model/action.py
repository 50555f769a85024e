"""Repair actions: what can be done about a cause, whatever a shop takes for it."""

from __future__ import annotations

from pydantic import Field

from diagnose.model.bilingual import Bilingual
from diagnose.model.frozen import Frozen
from diagnose.model.quote import DataRisk
from diagnose.model.symptom import CODE


class ActionEntry(Frozen):
    """An action as it stands in `profiles/actions.toml`.

    `part` names the part it changes as `casework/parts.toml` does; empty: no part is needed.
    `prepares`: it is done before the repair proper (a backup, cleaning, a check).
    """

    title: Bilingual
    part: str = ""
    data_risk: DataRisk = DataRisk.NONE
    prepares: bool = False


class RepairAction(ActionEntry):
    """An action with its code."""

    code: str = Field(pattern=CODE)
