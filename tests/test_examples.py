"""The examples a user copies can at least be read by what they are written for."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

EXAMPLES = Path(__file__).parent.parent / "examples" / "ci"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yml")), ids=lambda path: path.name)
def test_a_workflow_file_is_yaml_that_runs_diagnose(path: Path) -> None:
    jobs = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(jobs, dict)
    assert "diagnose" in str(jobs)
