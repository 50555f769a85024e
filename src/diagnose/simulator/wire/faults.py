"""Faults of the connection itself, by name: `hangs:dumpsys battery`, `drops-after:7`, `slow:3`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Literal, NamedTuple

Parameter = Literal["command", "count", "factor", "seconds"]


class WireFaultName(NamedTuple):
    """What a name on the command line means, and what must stand behind its colon."""

    english: str
    chinese: str
    parameter: Parameter | None


WIRE_FAULT_NAMES: Mapping[str, WireFaultName] = MappingProxyType(
    {
        "hangs": WireFaultName(
            "commands matching this pattern never answer", "匹配的命令永不应答", "command"
        ),
        "drops-after": WireFaultName(
            "the phone is gone for good after so many answers",
            "应答若干条命令后断开且不再出现",
            "count",
        ),
        "unauthorized": WireFaultName(
            "nobody confirms this computer on the phone", "手机上未允许 USB 调试授权", None
        ),
        "offline": WireFaultName(
            "the connection opens but adbd never answers", "连接后 adbd 始终无应答", None
        ),
        "garbage": WireFaultName(
            "every command answers with random bytes", "所有命令都输出乱码", None
        ),
        "floods": WireFaultName(
            "commands matching this pattern answer 50 MB", "匹配的命令输出 50 MB 数据", "command"
        ),
        "truncates": WireFaultName(
            "commands matching this pattern are cut off without exit code",
            "匹配的命令输出中途断开，无退出码",
            "command",
        ),
        "slow": WireFaultName(
            "every answer takes so many times longer", "所有应答按倍数变慢", "factor"
        ),
        "flaps": WireFaultName(
            "the connection drops so many times, then stays up", "连接断开若干次后恢复稳定", "count"
        ),
        "crlf": WireFaultName("lines end with CR LF", "换行符为 CRLF", None),
        "utf16": WireFaultName(
            "output is UTF-16 with a byte order mark", "输出为 UTF-16 编码", None
        ),
        "booting": WireFaultName(
            "its start never finishes: properties and files, but no services",
            "始终停留在启动过程：仅能读取属性和文件，系统服务未就绪",
            None,
        ),
        "boots-after": WireFaultName(
            "so many seconds after it is first asked its start is finished",
            "首次被询问后若干秒才启动完成",
            "seconds",
        ),
        "tradein-foyer": WireFaultName(
            "reset Android 16 phone before its setup: adbd runs `tradeinmode` alone",
            "Android 16 恢复出厂后未设置：adbd 仅执行 tradeinmode",
            None,
        ),
    }
)

_FOYER = re.compile(r"shell[^:]*:tradeinmode(?:\s[A-Za-z0-9_\-\s]*)?")
_FACTOR_MAX = 1000.0
_COUNT_MAX = 1_000_000


@dataclass(frozen=True)
class WireFaults:
    """Faults of the connection of one virtual phone; patterns are globs of whole commands.

    `drops_after`: the phone is gone once so many commands were answered, and stays away.
    `flaps`: so many connections end after three answers each; the next one stays up.
    `tradein_foyer`: what adbd does while `persist.adb.tradeinmode` is 1 (Android 16).
    """

    hangs: tuple[str, ...] = ()
    drops_after: int | None = None
    unauthorized: bool = False
    offline: bool = False
    garbage: bool = False
    floods: tuple[str, ...] = ()
    truncates: tuple[str, ...] = ()
    slow_factor: float = 1.0
    flaps: int = 0
    crlf: bool = False
    utf16: bool = False
    tradein_foyer: bool = False
    booting: bool = False
    boots_after_s: float | None = None

    @classmethod
    def parse(cls, names: Iterable[str]) -> WireFaults:
        """Read names as they stand behind the `+`; raises `ValueError` with a plain message."""
        globs: dict[str, list[str]] = {"hangs": [], "floods": [], "truncates": []}
        single: dict[str, float | bool] = {}
        for text in names:
            name, value = _read(text)
            if name in globs:
                globs[name].append(str(value))
            elif name in single:
                raise ValueError(f"fault {name!r} is given twice")
            else:
                single[name] = value if isinstance(value, float) else True
        return cls(
            hangs=tuple(globs["hangs"]),
            floods=tuple(globs["floods"]),
            truncates=tuple(globs["truncates"]),
            drops_after=int(single["drops-after"]) if "drops-after" in single else None,
            slow_factor=float(single.get("slow", 1.0)),
            flaps=int(single.get("flaps", 0)),
            unauthorized="unauthorized" in single,
            offline="offline" in single,
            garbage="garbage" in single,
            crlf="crlf" in single,
            utf16="utf16" in single,
            tradein_foyer="tradein-foyer" in single,
            booting="booting" in single,
            boots_after_s=float(single["boots-after"]) if "boots-after" in single else None,
        )


def opens_in_foyer(service: str) -> bool:
    """Whether adbd in trade-in foyer opens a service: `tradeinmode` with plain words alone.

    The pattern is the one of AOSP's `daemon/tradeinmode.cpp`; `exec:` is not among it.
    """
    return _FOYER.fullmatch(service) is not None


def matches(globs: Sequence[str], command: str) -> bool:
    """Whether any of the globs fits the whole command."""
    return any(fnmatchcase(command, glob) for glob in globs)


def _read(text: str) -> tuple[str, str | float | None]:
    name, colon, value = text.partition(":")
    known = WIRE_FAULT_NAMES.get(name)
    if known is None:
        raise ValueError(f"no fault of the connection is called {name!r}")
    if known.parameter is None:
        if colon:
            raise ValueError(f"fault {name!r} takes no parameter")
        return name, None
    if not value:
        raise ValueError(f"fault {name!r} needs a {known.parameter}: {name}:…")
    return name, value if known.parameter == "command" else _number(name, value, known.parameter)


def _number(name: str, value: str, kind: Parameter) -> float:
    if kind == "count":
        if not (value.isascii() and value.isdigit() and 0 < int(value[:9]) <= _COUNT_MAX):
            raise ValueError(f"fault {name!r} needs a whole number from 1, not {value!r}")
        return float(int(value[:9]))
    try:
        factor = float(value)
    except ValueError:
        factor = math.nan
    if not 0 < factor <= _FACTOR_MAX:
        raise ValueError(f"fault {name!r} needs a factor of at most 1000, not {value!r}")
    return factor
