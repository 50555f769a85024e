"""How far a part that the phone's image declares is owed.

Android's Compatibility Definition lets an image declare `android.hardware.*` features only for
parts that are there. A maker's signed image was tested for that; a custom build, an emulator or
a board with a borrowed image was not, so there a missing part is a hint and no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.model.criterion import Basis, OneOf, Source
from diagnose.model.text import Text
from diagnose.parsers.system.features import TELEPHONY
from diagnose.parsers.system.image import is_makers_image, is_makers_system
from diagnose.parsers.system.product import is_emulator

_DECLARED = Source(
    text=Text(
        "Android CDD: features are declared only for parts fitted; the maker's image declares it",
        "Android CDD：仅声明已装配的部件；厂商系统声明了该部件",
    ),
    basis=Basis.STANDARD,
)
_DECLARED_BY_OTHERS = Source(
    text=Text(
        "the installed system declares the part, but it is not the maker's tested image",
        "已装系统声明了该部件，但并非厂商测试过的系统",
    ),
    basis=Basis.GUESS,
)
_USUAL = Source(
    text=Text("a phone with a modem usually has this part", "有基带的手机通常有此部件"),
    basis=Basis.GUESS,
)


def declared_part(properties: Mapping[str, str], features: Mapping[str, str]) -> OneOf:
    """Criterion of "the part is there" (yes/no) for a part that the image declares."""
    if is_makers_image(properties, features):
        return OneOf(good=(True,), fail=(False,), source=_DECLARED)
    return OneOf(good=(True,), attention=(False,), source=_DECLARED_BY_OTHERS)


def stated_part(properties: Mapping[str, str], source: Source) -> OneOf:
    """Criterion of a part that a profile states: a verdict where the maker's own system looks.

    A foreign system may lack the part's driver, whoever states that the part is there.
    """
    if source.basis is Basis.GUESS or not is_makers_system(properties):
        return OneOf(good=(True,), attention=(False,), source=source)
    return OneOf(good=(True,), fail=(False,), source=source)


def usual_part(properties: Mapping[str, str], features: Mapping[str, str]) -> OneOf | None:
    """Criterion of a part that phones have and nothing declares; None where it is no phone."""
    is_tablet = "tablet" in properties.get("ro.build.characteristics", "")
    if TELEPHONY not in features or is_tablet or is_emulator(properties):
        return None
    return OneOf(good=(True,), attention=(False,), source=_USUAL)
