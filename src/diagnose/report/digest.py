"""The digest of a report: what a consent is bound to.

SHA-256 over the RFC 8785 canonical JSON of the report without its `digest`.
"""

from __future__ import annotations

import hashlib

from diagnose.model.report import Report


def digest_of(report: Report) -> str:
    """Compute the digest; the field `digest` itself plays no part."""
    import rfc8785

    body = report.model_dump(mode="json", exclude={"digest"})
    return hashlib.sha256(rfc8785.dumps(body)).hexdigest()


def is_intact(report: Report) -> bool:
    """Whether the report still has the digest it was made with."""
    return bool(report.digest) and digest_of(report) == report.digest
