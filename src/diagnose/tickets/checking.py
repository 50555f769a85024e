"""`ticket check`: a mapping against the live system, one finding a line, nothing written to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from diagnose.errors import SecretMissing
from diagnose.model.text import Text
from diagnose.tickets.adapter import TicketFinding
from diagnose.tickets.credentials import missing, secrets_of, where_to_put
from diagnose.tickets.failures import AttemptFailed, Denied, Unreached, Untrusted
from diagnose.tickets.mapping import TicketMapping
from diagnose.tickets.sources import SOURCES
from diagnose.tickets.system import open_system

_CAFILE = Text(
    "give the authority that signed it with --cafile, or as cafile in the mapping",
    "请用 --cafile 或在映射中的 cafile 指定签发机构的证书",
)


def check_system(mapping: TicketMapping, *, cafile: Path | None = None) -> Iterator[TicketFinding]:
    """Look at everything; the first thing that cannot be reached ends it."""
    yield TicketFinding("mapping", ok=True, text=Text(str(mapping.path), str(mapping.path)))
    yield _personal(mapping)
    try:
        secrets_of(mapping.name, mapping.adapter_class.secrets)
    except SecretMissing as problem:
        hint = where_to_put(problem.system, problem.secret)
        yield TicketFinding("credentials", ok=False, text=missing(problem), hint=hint)
        return
    try:
        with open_system(mapping, cafile=cafile) as system:
            found = iter(system.adapter.check())
            first = next(found, None)  # whatever it is, by now somebody has answered
            if mapping.url:
                yield _address(mapping.url)
            yield from (first, *found) if first else ()
    except AttemptFailed as failure:
        yield _failed(mapping, failure)


def _failed(mapping: TicketMapping, failure: AttemptFailed) -> TicketFinding:
    if isinstance(failure, Untrusted):
        return TicketFinding("certificate", ok=False, text=failure.detail, hint=_CAFILE)
    if isinstance(failure, Unreached):
        return TicketFinding("address", ok=False, text=failure.detail)
    if isinstance(failure, Denied):
        secret = mapping.adapter_class.secrets[0]
        hint = where_to_put(mapping.name, secret)
        return TicketFinding("credentials", ok=False, text=failure.detail, hint=hint)
    return TicketFinding("answer", ok=False, text=failure.detail)


def _address(url: str) -> TicketFinding:
    if url.startswith("https:"):
        text = Text(f"{url}, its certificate holds", f"{url}，证书有效")
        return TicketFinding("address", ok=True, text=text)
    here = urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")
    text = Text(f"{url}, not encrypted", f"{url}，未加密")
    hint = Text("who listens on the way reads the secret: use https", "途中可被窃听：请使用 https")
    return TicketFinding(
        "address", ok=True if here else None, text=text, hint=None if here else hint
    )


def _personal(mapping: TicketMapping) -> TicketFinding:
    """Print which personal data the mapping sends."""
    sent = mapping.personal
    if not sent:
        text = Text("none is sent", "不发送任何个人信息")
        return TicketFinding("personal data", ok=True, text=text)
    en = ", ".join(f"{SOURCES[name].about.en} ({place})" for name, place in sent.items())
    zh = "、".join(f"{SOURCES[name].about.zh}（{place}）" for name, place in sent.items())
    return TicketFinding("personal data", ok=True, text=Text(f"sent: {en}", f"将发送：{zh}"))
