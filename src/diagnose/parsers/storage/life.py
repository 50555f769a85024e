"""How much of a flash chip's life is used: JEDEC's life time estimates and end-of-life state.

The same registers (UFS health descriptor, eMMC EXT_CSD bytes 267 to 269) are shown by sysfs and
by the health HAL. Estimates: 0x01 is 0-10 % used, … 0x0A 90-100 %,
0x0B over. End of life: 1 normal, 2 warning (80 % of reserve used), 3 urgent. 0 is "not defined".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.printed import lines_of, quote
from diagnose.parsers.tradein.report import parse_tradein

_UFS_FILE = re.compile(
    r"(?:^|/)health_descriptor/(life_time_estimation_a|life_time_estimation_b|eol_info)$"
)
_UFS_NAMES = {
    "life_time_estimation_a": "life_a",
    "life_time_estimation_b": "life_b",
    "eol_info": "end_of_life",
}
_HAL_PART = re.compile(
    r"\beol ?[:=] ?(\d{1,5}), \.?lifetimeA ?[:=] ?(\d{1,5}), \.?lifetimeB ?[:=] ?(\d{1,5})"
)


@dataclass(frozen=True)
class StorageLife:
    """Codes as the chip gives them; None where it gives none or one outside the standard."""

    life_a: int | None = None
    life_b: int | None = None
    end_of_life: int | None = None
    raw: tuple[str, ...] = ()
    end_of_life_raw: str = ""

    @property
    def worst_estimate(self) -> int | None:
        """The higher of the two estimates: either kind of cell wearing out ends the chip."""
        return max((v for v in (self.life_a, self.life_b) if v is not None), default=None)


def parse_storage_life_files(text: str) -> StorageLife:
    """Read `path:value` lines of sysfs; raises `ParseError` where no value is one."""
    found: dict[str, int] = {}
    raw: dict[str, str] = {}
    for line in lines_of(text):
        path, _, value = line[:400].partition(":")
        if ":" in value:  # an mmc node's own name holds one: mmc0:0001
            path, value = line[:400].rsplit(":", 1)
        codes = _file_codes(path.strip(), value.split())
        if codes:
            raw |= dict.fromkeys(codes, line.strip())
            _keep_worst(found, codes)
    return _life(found, raw)


def parse_storage_life_tradein(text: str) -> StorageLife:
    """Read what is left of the life (percent) as the step of 10 % that is used.

    Raises `ParseError`. It never gives step 11 (beyond the planned life): nothing left can as well
    be a phone that cannot tell.
    """
    left = parse_tradein(text).storage.get("useful_lifetime_remaining")
    percent = left.integer if left else None
    if left is None or percent is None or not 0 < percent <= 100:
        raise ParseError("the trade-in report says nothing of the storage's life")
    return StorageLife(life_a=max(1, (109 - percent) // 10), raw=(left.raw,))


def parse_storage_life_hal(text: str) -> StorageLife:
    """Read the storage part of a health HAL dump (AIDL and HIDL print the same three numbers)."""
    found: dict[str, int] = {}
    raw: dict[str, str] = {}
    for match in list(_HAL_PART.finditer(text))[:20]:
        names = ("end_of_life", "life_a", "life_b")
        raw |= dict.fromkeys(names, quote(text, match.start(), match.end()))
        _keep_worst(found, {name: int(match[at]) for at, name in enumerate(names, 1)})
    return _life(found, raw)


def _file_codes(path: str, words: list[str]) -> dict[str, int]:
    numbers = [_number(word) for word in words[:2]]
    if not numbers or None in numbers:
        return {}
    codes = [number for number in numbers if number is not None]
    if ufs := _UFS_FILE.search(path):
        return {_UFS_NAMES[ufs[1]]: codes[0]}
    if path.endswith("/pre_eol_info"):
        return {"end_of_life": codes[0]}
    if path.endswith("/life_time"):
        return dict(zip(("life_a", "life_b"), codes, strict=False))
    return {}


def _keep_worst(found: dict[str, int], codes: Mapping[str, int]) -> None:
    for name, code in codes.items():
        found[name] = max(found.get(name, 0), code)


def _life(found: Mapping[str, int], raw: Mapping[str, str]) -> StorageLife:
    life = StorageLife(
        life_a=_valid(found.get("life_a"), 11),
        life_b=_valid(found.get("life_b"), 11),
        end_of_life=_valid(found.get("end_of_life"), 3),
        raw=tuple(raw[name] for name in ("life_a", "life_b") if name in raw),
        end_of_life_raw=raw.get("end_of_life", ""),
    )
    if life.worst_estimate is None and life.end_of_life is None:
        raise ParseError("no life time estimate in the answer")
    return life


def _valid(code: int | None, highest: int) -> int | None:
    return code if code is not None and 1 <= code <= highest else None


def _number(word: str) -> int | None:
    if re.fullmatch(r"0[xX][0-9A-Fa-f]{1,4}", word):
        return int(word, 16)
    # Without "0x": `0A` and `b` are hexadecimal; `10` and `11` would be no step if they were.
    if re.fullmatch(r"0?[0-9A-Fa-f]", word):
        return int(word, 16)
    return int(word) if word in ("10", "11") else None
