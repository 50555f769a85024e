"""Where on the phone: a small drawing of a phone with the part in question filled in.

A finding that has no number to draw shows this instead; like all pictures it holds constants only.
"""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.model.outcome import Outcome
from diagnose.report.palette import INK, PAPER, SOFT, TONES

_WIDTH, _HEIGHT = 60, 104
_CHIP = (
    '<rect x="19" y="34" width="22" height="22" rx="2" fill="{fill}"/>'
    '<path d="M23 30v4M30 30v4M37 30v4M23 56v4M30 56v4M37 56v4M15 38h4M15 45h4M15 52h4M41 38h4'
    'M41 45h4M41 52h4" stroke="{fill}" stroke-width="2"/>'
)
_PROGRAM = (
    '<rect x="12" y="26" width="36" height="46" rx="3" fill="none" stroke="{fill}"'
    ' stroke-width="3"/><path d="M12 36h36" stroke="{fill}" stroke-width="3"/>'
    '<path d="M19 47h22M19 55h22M19 63h13" stroke="{fill}" stroke-width="3"/>'
)
_BATTERY = (
    '<rect x="17" y="38" width="26" height="46" rx="3" fill="{fill}"/>'
    '<rect x="25" y="32" width="10" height="6" fill="{fill}"/>'
)
_PORT = (
    '<rect x="21" y="90" width="18" height="9" rx="3" fill="{fill}"/>'
    '<path d="M30 62v20m-7-7l7 8 7-8" stroke="{fill}" stroke-width="3" fill="none"/>'
)
_GLASS = '<rect x="8" y="14" width="44" height="74" rx="2" fill="{fill}"/>'
_HEAT = (
    '<rect x="26" y="26" width="8" height="38" rx="4" fill="none" stroke="{fill}"'
    ' stroke-width="3"/><circle cx="30" cy="72" r="9" fill="{fill}"/>'
    '<path d="M30 44v22" stroke="{fill}" stroke-width="3"/>'
)

_DRAWN: Mapping[str, str] = {
    "audio": '<rect x="20" y="6" width="20" height="4" rx="2" fill="{fill}"/>'
    '<path d="M13 94h12M35 94h12" stroke="{fill}" stroke-width="4" stroke-dasharray="2 2"/>'
    '<path d="M22 48v12h7l9 8V40l-9 8z" fill="{fill}"/>',
    "battery": _BATTERY,
    "biometric": '<g fill="none" stroke="{fill}" stroke-width="2.6">'
    '<path d="M18 66c0-30 24-30 24 0M23 70c0-26 14-26 14 0M30 54v22"/></g>',
    "camera": '<rect x="8" y="8" width="18" height="34" rx="6" fill="none" stroke="{fill}"'
    ' stroke-width="2.5"/><circle cx="17" cy="17" r="5" fill="{fill}"/>'
    '<circle cx="17" cy="32" r="5" fill="{fill}"/>',
    "charging": _PORT,
    "cpu": _CHIP,
    "display": _GLASS,
    "haptic": '<circle cx="30" cy="52" r="8" fill="{fill}"/><path d="M16 42c-5 6-5 14 0 20M44 42c5'
    ' 6 5 14 0 20M10 36c-8 10-8 22 0 32M50 36c8 10 8 22 0 32" fill="none" stroke="{fill}"'
    ' stroke-width="2.4"/>',
    "memory": _CHIP,
    "radio": '<circle cx="30" cy="62" r="4" fill="{fill}"/><path d="M20 54c4-7 16-7 20 0M13 46c8-11'
    ' 26-11 34 0" fill="none" stroke="{fill}" stroke-width="3.4"/>',
    "sensor": '<circle cx="30" cy="50" r="17" fill="none" stroke="{fill}" stroke-width="3"/>'
    '<path d="M30 38l7 24-7-6-7 6z" fill="{fill}"/>',
    "storage": '<ellipse cx="30" cy="36" rx="15" ry="6" fill="{fill}"/><path d="M15 36v28c0 8 30 8'
    ' 30 0V36M15 50c0 8 30 8 30 0" fill="none" stroke="{fill}" stroke-width="3"/>',
    "thermal": _HEAT,
    "touch": '<circle cx="30" cy="46" r="6" fill="{fill}"/><circle cx="30" cy="46" r="13"'
    ' fill="none" stroke="{fill}" stroke-width="2.6"/><path d="M30 52v30" stroke="{fill}"'
    ' stroke-width="6"/>',
    "tradein": '<path d="M18 40h24l-6-6M42 60H18l6 6" fill="none" stroke="{fill}"'
    ' stroke-width="3.4"/>',
    "usb": _PORT,
}


def draw_place(area: str, outcome: Outcome) -> str:
    """Draw a phone with the part of this area filled in; what is no part is drawn as a program."""
    shape = _DRAWN.get(area, _PROGRAM).format(fill=TONES[outcome].fill)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        f' width="{_WIDTH}" height="{_HEIGHT}">'
        f'<rect x="1.5" y="1.5" width="{_WIDTH - 3}" height="{_HEIGHT - 3}" rx="9" fill="{PAPER}"'
        f' stroke="{INK}" stroke-width="2"/><path d="M8 13h44M8 89h44" stroke="{SOFT}"'
        f' stroke-width="0.6"/>{shape}</svg>'
    )
