"""The customer's page as one self-contained HTML file, rendered from the report alone.

No script, no address outside the file: a content security policy in the page says so too.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from diagnose.model.report import Report
from diagnose.report import palette
from diagnose.report.page.build import build_page
from diagnose.report.phrase import flat
from diagnose.report.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template
    from markupsafe import Markup


def render_html(report: Report, *, lang: str, record: Record | None = None) -> str:
    """Render the page; `lang` is `zh-CN`, `en` or `both`."""
    page = build_page(report, lang=lang, record=record)
    return _template().render(page=page, w=page.words, palette=palette, drawing=_drawing, flat=flat)


def preparations() -> Iterator[object]:
    """Load and compile everything `render_html` needs: done while a phone answers, it is free."""
    for name in ("macros.html.j2", "technical.html.j2", "report.css.j2"):
        yield _template().environment.get_template(name)


def _drawing(svg: str) -> Markup:
    """Let a drawing through unescaped: `pictures` made it, of numbers and constants only."""
    from markupsafe import Markup

    return Markup(svg)  # noqa: S704 - see above


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("diagnose.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")
