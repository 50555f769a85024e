"""The `GLES:` line of `dumpsys SurfaceFlinger`: which graphics unit draws the screen."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_LINE = re.compile(r"^\s{0,8}GLES: ([^,\n]{0,100}(?:, Inc\.\))?), (.{1,300})$", re.MULTILINE)
_VERSION = re.compile(r", (OpenGL ES\S{0,10} \d{1,2}\.\d{1,2})")
_SOFTWARE = re.compile(
    r"swiftshader|llvmpipe|softpipe|lavapipe|pixelflinger|software rasterizer", re.IGNORECASE
)


_UNITS = re.compile(
    r"adreno|mali|immortalis|powervr|rogue|xclipse|maleoon|tegra|geforce|videocore|vivante|gc\d{3,4}"
    r"|radeon|intel|apple|sgx|imgtec|nvidia|broadcom",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Graphics:
    """Who made the graphics unit, its name, and the OpenGL ES level it offers."""

    vendor: str
    renderer: str
    version: str
    raw: str

    @property
    def is_known(self) -> bool:
        """Whether it is a graphics unit by a name we know; another may be drawn by anything."""
        return _UNITS.search(f"{self.vendor} {self.renderer}") is not None

    @property
    def is_software(self) -> bool:
        """Whether the processor draws in place of a graphics unit."""
        return _SOFTWARE.search(self.renderer) is not None


def parse_gles(text: str) -> Graphics:
    """Read the line wherever it stands; raises `ParseError` where there is none."""
    match = _LINE.search(text)
    if match is None:
        raise ParseError("no GLES line in the answer")
    version = _VERSION.search(match[2])
    renderer = match[2][: version.start()] if version else match[2]
    return Graphics(
        vendor=match[1].strip(),
        renderer=renderer.strip()[:150],
        version=version[1] if version else "",
        raw=match[0].strip()[:200],
    )
