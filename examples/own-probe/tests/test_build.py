"""The probe of the fleet: over words, and on a virtual phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from diagnose import api
from diagnose.testing import check_probes, interpret_probe

HERE = Path(__file__).parent.parent
PROBES = HERE / "probes"


def test_it_keeps_the_rules_for_probes() -> None:
    check_probes(PROBES)


@pytest.mark.parametrize(
    ("kind", "outcome"), [("user", "pass"), ("eng", "fail"), ("odd", "observed")]
)
def test_what_it_says(kind: str, outcome: str) -> None:
    said = {"getprop": f"[ro.build.type]: [{kind}]\n[ro.product.model]: [Acme One]\n"}
    assert interpret_probe("fleet.build", said, probe_dirs=[PROBES]).outcome == outcome


def test_a_phone_that_does_not_tell_is_unknown() -> None:
    said = {"getprop": "[ro.product.model]: [Acme One]\n"}
    assert interpret_probe("fleet.build", said, probe_dirs=[PROBES]).outcome == "not_run"


def test_on_a_virtual_phone(virtual_phone: api.VirtualPhone, tmp_path: Path) -> None:
    report = api.run(
        virtual_phone, plan=HERE / "plans" / "fleet.toml", probe_dirs=[PROBES], out=tmp_path / "out"
    )
    assert api.exit_status(report) == 0
    again = api.replay(tmp_path / "out", probe_dirs=[PROBES])
    assert again == report
