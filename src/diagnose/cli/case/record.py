"""`diagnose case export`: a copy of a case that leaves the house."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.desk import Desk, ask, case_argument, page_desk_options

if TYPE_CHECKING:
    from diagnose.case.record.events import Chain
    from diagnose.files.folder import RunFolder
    from diagnose.model.case import Case


@click.command("export")
@case_argument
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write to.")
@click.option("--with-private", is_flag=True, help="Contact, IMEI and signatures too.")
@page_desk_options
def export(desk: Desk, name: str, out: Path | None, with_private: bool) -> None:
    """Write everything of a CASE to a folder: the state, every signed event, the reports."""
    from diagnose.case.record.entries import exported
    from diagnose.jobs.delivery import held

    out = Path(ask(out, "The folder to write to", option="--out"))
    with held(out) as folder:
        case = desk.record(name, lambda _: [exported(with_private=with_private)])
        _write(desk, case, desk.chain(name), folder, with_private=with_private)
    written = [str(path.relative_to(out)) for path in sorted(out.rglob("*")) if path.is_file()]
    if desk.as_json:
        from diagnose.cli.json_output import print_json

        print_json({"case": case.case_id, "head": case.head, "files": written})
    else:
        click.echo("\n".join(written))


def _write(desk: Desk, case: Case, chain: Chain, out: RunFolder, *, with_private: bool) -> None:
    from diagnose.case.record.copy import write_chain
    from diagnose.case.rules.billing import bill_of
    from diagnose.cli.case.check import check
    from diagnose.cli.case.view import document
    from diagnose.jobs.delivery import ReportDelivery, write_report
    from diagnose.report.record import record_of

    copy: dict[str, Any] = {
        "case": document(case, with_private=with_private, whole=True),
        "flaws": [flaw.model_dump(mode="json") for flaw in check(chain, None, ())],
        "chain": write_chain(chain, with_private=with_private),
    }
    text = json.dumps(copy, indent=2, ensure_ascii=False) + "\n"
    draft = out.draft()
    draft.write("case.json", text.encode())
    wanted = ReportDelivery(desk.lang, pdf=True)
    if case.page:
        record = record_of(case, private=with_private, bill=bill_of(case))
        write_report(case.page, draft, wanted, record)
    if case.after:
        after = out.draft("after")
        write_report(case.after, after, wanted)
        after.commit()
    draft.commit()
