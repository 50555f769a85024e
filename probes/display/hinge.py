"""How often a foldable was folded, against what its hinge is made for (Android 16)."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.features import parse_features
from diagnose.parsers.tradein import parse_tradein
from diagnose.sdk import (
    About,
    Answers,
    Basis,
    DataClass,
    Draft,
    NotApplicable,
    Outcome,
    Probe,
    Range,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

TRADE_IN = Shell(
    "tradeinmode", "getstatus", timeout_s=20, data_class=DataClass.IDENTITY, sensitive=True
)
FEATURES = Shell("pm", "list", "features", expected_ms=35, data_class=DataClass.SOFTWARE)

_HINGE_ANGLE = "android.hardware.sensor.hinge_angle"
_RATED = Range(
    attention_above=100,
    source=Source(text="rated_lifespan that the maker gives for the hinge", basis=Basis.VENDOR),
)


def interpret(answers: Answers) -> Iterator[Draft]:
    features = answers.parse_or_none(FEATURES, parse_features)
    report = answers.parse_or_none(TRADE_IN, parse_tradein)
    hinges = report.hinges if report else ()
    if not hinges and features is not None and _HINGE_ANGLE not in features:
        raise NotApplicable("the phone does not fold")
    counted = [hinge for hinge in hinges if hinge[0] > 0]
    if not counted:
        yield answers.unread("folds", TRADE_IN)
    for index, (folds, rated) in enumerate(counted):
        yield answers.measure(f"folds.{index}", folds, TRADE_IN, raw=str(folds))
        if rated > 0:
            used = round(100 * folds / rated, 1)
            yield answers.measure(f"used.{index}", used, TRADE_IN, raw=str(rated))


PROBE = Probe(
    id="display.hinge",
    title=Text("Hinge", "铰链"),
    about=About(
        tested=Text("How often the phone was folded.", "手机折叠的次数。"),
        meaning=Text(
            "The maker rates a hinge for a number of folds.", "厂商为铰链标定了折叠寿命。"
        ),
        consequence=Text(
            "Beyond it the hinge may grow loose and the crease deeper.",
            "超过后铰链可能松动，折痕加深。",
        ),
        action=Text(
            "Look at crease and play of the hinge; plan a replacement if it is loose.",
            "检查折痕与铰链间隙；若已松动请安排更换。",
        ),
    ),
    requests=(TRADE_IN, FEATURES),
    measures={
        "folds": Spec(Unit.COUNT, Text("times folded", "折叠次数"), essential=True),
        "used": Spec(
            Unit.PERCENT,
            Text("share of the rated folds", "已用折叠寿命"),
            criterion=_RATED,
            says={
                Outcome.ATTENTION: Text(
                    "The hinge was folded more often than it is rated for ({value} %).",
                    "铰链折叠次数已超过标定寿命（{value}%）。",
                )
            },
        ),
    },
    interpret=interpret,
    symptoms=("black-screen",),
)
