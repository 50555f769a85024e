"""Both documents as self-contained HTML, rendered from the report alone.

No script, no address outside the file: a content security policy in the page says so too. The
sheet carries the annex, folded, for a file that is mailed on its own.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from diagnose.model.report import Report
from diagnose.report import palette
from diagnose.report.documents import Documents, build_documents
from diagnose.report.phrase import flat
from diagnose.report.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from markupsafe import Markup


class Html(NamedTuple):
    """The two pages."""

    sheet: str
    annex: str


def render_html(report: Report, *, lang: str, record: Record | None = None) -> Html:
    """Render both documents; `lang` is `zh-CN`, `en` or `both`."""
    return lay_out(build_documents(report, lang=lang, record=record))


def lay_out(documents: Documents) -> Html:
    """Lay the documents out as HTML."""
    annex, sheet = documents.annex, documents.sheet
    body = _markup(_render("annex_body.html.j2", page=annex, w=annex.head.words))
    return Html(
        sheet=_render("sheet.html.j2", page=sheet, w=sheet.head.words, annex=body),
        annex=_render("annex.html.j2", page=annex, w=annex.head.words, annex=body),
    )


def preparations() -> Iterator[object]:
    """Load and compile everything `render_html` needs: done while a phone answers, it is free."""
    yield import_module("segno")
    for name in ("macros", "annex_body", "annex", "sheet", "report.css"):
        yield _environment().get_template(f"{name}.html.j2" if "." not in name else f"{name}.j2")


def _render(name: str, **values: object) -> str:
    template = _environment().get_template(name)
    return template.render(palette=palette, drawing=_markup, flat=flat, **values)


def _markup(ours: str) -> Markup:
    """Let through unescaped what is our own: drawings, and what a template has rendered."""
    from markupsafe import Markup

    return Markup(ours)  # noqa: S704 - see above


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from diagnose.report.compiled import CompiledTemplates

    return Environment(
        loader=PackageLoader("diagnose.report", "templates"),
        bytecode_cache=CompiledTemplates(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
