"""Ranks the causes of a finished report again, with symptoms its run was not told. Pure.

What was measured stays as it is; what is concluded of it is what the run would have concluded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diagnose.judging.causes.ranking import diagnose
from diagnose.judging.complaint import answer_complaint, as_reported, untestable
from diagnose.judging.examination import in_order
from diagnose.knowledge.causes import knowledge_beside
from diagnose.knowledge.probes import LoadedProbe
from diagnose.knowledge.symptoms import symptoms_known
from diagnose.knowledge.untestable import load_untestable
from diagnose.model.digest import digest_of
from diagnose.model.report import Report, cover, with_verdict
from diagnose.model.translations import translated, translations_of

Table = Mapping[str, Mapping[str, str]]


def rerank(
    report: Report, codes: Sequence[str], probes: Mapping[str, LoadedProbe]
) -> Report | None:
    """Give the report as a run with these symptoms would have made it.

    None where it was made with other fault knowledge than there is now: its causes and ours would
    not be of one kind.
    """
    knowledge = knowledge_beside(probes)
    if report.conclusion is None or report.conclusion.knowledge_sha256 != knowledge.sha256:
        return None
    symptoms = symptoms_known(codes)
    spoken = translated(report.results, report.translations.get("zh-CN", {}))
    results = in_order(spoken, symptoms, probes)
    found = diagnose(results, symptoms, knowledge)
    beyond = untestable(load_untestable().values(), results)
    again = report.model_copy(
        update={
            "intake": report.intake.model_copy(update={"symptoms": tuple(codes)}),
            "results": results,
            "coverage": cover(results, least=report.coverage.least),
            "faults": found.faults,
            "ruled_out": found.ruled_out,
            "conclusion": found.conclusion,
            "complaint": answer_complaint(symptoms, results, found.faults, beyond, probes),
            "untestable": as_reported(beyond),
            "advice": found.advice,
        }
    )
    again = with_verdict(again)
    table = _together(report.translations, translations_of(again, symptoms))
    again = again.model_copy(update={"translations": table})
    return again.model_copy(update={"digest": digest_of(again)})


def _together(old: Table, added: Table) -> dict[str, dict[str, str]]:
    """The table the report came with, and what the new causes say."""
    return {
        lang: dict(sorted({**old.get(lang, {}), **added.get(lang, {})}.items()))
        for lang in sorted({*old, *added})
    }
