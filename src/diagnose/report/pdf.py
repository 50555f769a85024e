"""Both documents as PDF/A-3, tagged for screen readers; the sheet has JSON and annex attached.

typst sets them from the same words as the HTML. Every string reaches typst as data, never as
markup, and the fonts are our own: the same report gives the same bytes on every computer.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from diagnose.model.report import Report
from diagnose.report import palette
from diagnose.report.documents import build_documents
from diagnose.report.page.model import Picture
from diagnose.report.page.sheet import SPACES, build_sheet
from diagnose.report.record import Record

if TYPE_CHECKING:
    from diagnose.report.page.model import Annex, Sheet

MISSING = "□"
_SHEET_PAGES = {False: 2, True: 3}
"""Front and back of one sheet; two languages take one more."""

_SUBSTITUTES = {"✗": "×", "☐": "□", "☑": "■", "\t": " ", "\n": " "}
# Signs that are never drawn alone: joiners and variation selectors of emoji.
_UNDRAWN = re.compile("[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\U000e0000-\U000e01ef]")
# A place to break a line inside a long name, path or digest; no line can hold it otherwise.
_LONG = re.compile(r"[\x21-\x7e]{20,}")
_BREAKS = re.compile(r"([/._:;,=?&|)\-]{1,12}|[^/._:;,=?&|)\-]{12})")
_BREAK = "\u200b"


class Pdf(NamedTuple):
    """The two files. The sheet carries `report.json` and the annex as attachments."""

    sheet: bytes
    annex: bytes


def render_pdf(report: Report, *, lang: str, record: Record | None = None) -> Pdf:
    """Render both documents; `lang` is `zh-CN`, `en` or `both`."""
    documents = build_documents(report, lang=lang, record=record)
    annex = _compile("annex", _inputs(documents.annex), report)
    attached = (report.model_dump_json(indent=2) + "\n").encode().decode("utf-8", "replace")
    for room in SPACES:
        sheet = build_sheet(
            report, lang=lang, annex_digest=documents.annex_digest, record=record, room=room
        )
        inputs = _inputs(sheet) | {"report": attached}
        if room is SPACES[-1] or _pages("sheet", inputs) <= _SHEET_PAGES[sheet.head.bilingual]:
            break
    # typst takes strings only: bytes reach it as a list of numbers.
    inputs["annex"] = json.dumps(list(annex))
    return Pdf(sheet=_compile("sheet", inputs, report), annex=annex)


def _inputs(document: Sheet | Annex) -> dict[str, str]:
    page = json.dumps(fit(document), ensure_ascii=False)
    return {"page": page, "palette": json.dumps(_colours())}


def _pages(name: str, inputs: dict[str, str]) -> int:
    """How many pages it would have."""
    import typst

    found = typst.query(
        template(name), "<pages>", field="value", one=True, sys_inputs=inputs, **where()
    )
    return int(json.loads(found))


def _compile(name: str, inputs: dict[str, str], report: Report) -> bytes:
    import typst

    made: bytes = typst.compile(
        template(name),
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=["a-3a", "ua-1"],
        timestamp=int(report.created_at.timestamp()),
        **where(),
    )
    return made


def template(name: str) -> Path:
    """Where a template of ours is."""
    return _folder() / "templates" / f"{name}.typ"


def where() -> dict[str, Any]:
    """What typst may read: our templates and our fonts, nothing of this computer's."""
    return {
        "root": _folder() / "templates",
        "font_paths": [_folder() / "fonts"],
        "ignore_system_fonts": True,
    }


def fit(value: Any) -> Any:
    """Make a page plain values, every string fit for the fonts.

    What they cannot draw becomes a hollow square. Only the drawing of a `Picture`, which is ours,
    is left as it is: by its place, never by how a string begins.
    """
    if isinstance(value, Picture):
        return {"svg": value.svg, "alt": _fit(value.alt)}
    if is_dataclass(value):
        return {item.name: fit(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, str):
        return _fit(value)
    if isinstance(value, dict):
        return {key: fit(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [fit(item) for item in value]
    return value


def _fit(text: str) -> str:
    text = _UNDRAWN.sub("", text)
    known = drawable()
    drawn = "".join(_SUBSTITUTES.get(c, c) if c in known else _replace(c) for c in text)
    return _LONG.sub(lambda run: _BREAKS.sub(rf"\1{_BREAK}", run[0]), drawn)


def _replace(character: str) -> str:
    return _SUBSTITUTES.get(character, MISSING)


@cache
def drawable() -> frozenset[str]:
    """The characters that our fonts have."""
    text = (_folder() / "fonts" / "characters.txt").read_text("utf-8")
    return frozenset(character for character in text if character.isprintable())


@cache
def _folder() -> Path:
    return Path(str(files("diagnose.report")))


def _colours() -> dict[str, Any]:
    tones = {outcome.value: asdict(tone) for outcome, tone in palette.TONES.items()}
    return {
        "tones": tones,
        "ink": palette.INK,
        "soft": palette.SOFT,
        "line": palette.LINE,
        "wash": palette.WASH,
        "accent": palette.ACCENT,
    }
