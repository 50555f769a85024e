"""Two tables that are never added up, and the page made of them."""

from __future__ import annotations

import pytest

from diagnose.evaluation.page import page
from diagnose.evaluation.readers import StatedFact
from diagnose.evaluation.tables import agreement, outside
from diagnose.evaluation.trials import Evaluator, fixed_now
from diagnose.knowledge.plans import read_plan
from diagnose.run.planning import make_plan
from diagnose.testing import bundled_probes


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    probes = bundled_probes()
    return Evaluator(make_plan(read_plan("full"), probes), probes, fixed_now())


def test_a_trial_that_rests_on_texts_no_capture_shows_counts_in_no_share(
    evaluator: Evaluator,
) -> None:
    seen = evaluator.trial("p30-pro", ("battery-overheat",))
    unseen = evaluator.trial("pixel-9", ("speaker-route-missing",))
    assert seen is not None
    assert seen.is_heard
    assert unseen is not None
    assert unseen.unheard == ("dumpsys media.audio_policy",)
    healthy = {phone: evaluator.healthy(phone) for phone in ("p30-pro", "pixel-9")}
    table = agreement(healthy, [seen, unseen], [])
    assert (table["trials"], table["heard"], table["found"]) == (2, 1, 1.0)
    assert table["unheard_texts"] == {"dumpsys media.audio_policy": 1}
    assert table["faults_never_heard"] == ["speaker-route-missing"]
    words = page({"agreement": table, "outside": outside([], [])})
    assert words.index("## From outside") < words.index("## Agreement")
    assert "### Unheard" in words


@pytest.mark.parametrize(
    ("own", "other", "agrees"),
    [(75, 75.0, True), (4.401, 4.401, True), (26.2, 26.3, False), ("1080x1920", "1080x1920", True)],
)
def test_two_readings_agree_to_the_digits_that_are_shown(
    own: float | str, other: float | str, *, agrees: bool
) -> None:
    assert StatedFact("x", own, other).agrees is agrees
