"""How deliveries are shown: on the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from diagnose.model.text import Text
from diagnose.report.columns import cells
from diagnose.text import printable
from diagnose.tickets.adapter import TicketFinding
from diagnose.tickets.delivery import Attempt, Delivery, DeliveryState

_SYMBOLS = {True: "ok ", False: "BAD", None: "?  "}
_STATES = {
    DeliveryState.WAITING: Text("waits", "等待中"),
    DeliveryState.DELIVERED: Text("delivered", "已送达"),
    DeliveryState.DEAD: Text("dead", "已停止"),
}
_IN_FLIGHT = Text("on its way", "投递中")
_ENDED_WITH_ITS_PROCESS = Text("its process ended with it", "进程在此期间终止")


_NAMES = {
    "mapping": Text("mapping", "映射"),
    "personal data": Text("personal data", "个人信息"),
    "address": Text("address", "地址"),
    "certificate": Text("certificate", "证书"),
    "credentials": Text("credentials", "凭据"),
    "answer": Text("answer", "应答"),
    "place": Text("place", "位置"),
    "project": Text("project", "项目"),
    "queue": Text("queue", "队列"),
    "group": Text("group", "组"),
    "table": Text("table", "表"),
    "tracker": Text("tracker", "跟踪类型"),
    "issue type": Text("issue type", "问题类型"),
    "fields": Text("fields", "字段"),
    "field": Text("field", "字段"),
    "values of": Text("values of", "可用值"),
    "search": Text("search", "检索"),
    "attachments": Text("attachments", "附件"),
    "rights": Text("rights", "权限"),
    "key": Text("key", "公钥"),
}
"""What `ticket check` looks at; an adapter of another package may bring a name of its own."""

_WIDTH = 24


def in_language(text: Text, lang: str) -> str:
    """Say a text in one language."""
    return printable(text.in_language(lang), 1000)


def delivery_line(delivery: Delivery, lang: str) -> str:
    """One delivery in one line."""
    state = _IN_FLIGHT if delivery.in_flight else _STATES[delivery.state]
    parts = [f"{delivery.number:>5}", delivery.system, in_language(state, lang)]
    parts += [f"→ {delivery.link or delivery.ref}"] if delivery.ref else []
    parts += [printable(delivery.subject, 80)]
    if delivery.state is not DeliveryState.DELIVERED and delivery.detail.en:
        parts.append(f"({in_language(delivery.detail, lang)})")
    return "  ".join(parts)


def delivery_facts(delivery: Delivery, lang: str) -> Iterator[str]:
    """What else is known of a delivery."""
    for label, value in (
        (Text("delivery id", "投递编号"), delivery.delivery_id),
        (Text("of", "属于"), f"{delivery.thread} {delivery.event}"),
        (Text("kind", "类型"), delivery.kind.value),
        (Text("put in", "加入时间"), _time(delivery.made_at)),
        (Text("next attempt", "下次投递"), _next(delivery)),
        (Text("delivered", "送达时间"), _time(delivery.done_at)),
        (Text("answered attempts", "已应答次数"), str(delivery.tries)),
        (Text("bytes", "字节"), str(delivery.size_bytes)),
        (Text("said", "说明"), in_language(delivery.detail, lang)),
    ):
        if value:
            yield f"  {in_language(label, lang)}: {value}"


def attempt_line(attempt: Attempt, lang: str) -> str:
    """One attempt in one line."""
    took = (
        f"{(attempt.ended_at - attempt.began_at).total_seconds():.1f} s" if attempt.ended_at else ""
    )
    text = in_language(attempt.detail if attempt.ended_at else _ENDED_WITH_ITS_PROCESS, lang)
    parts = (_time(attempt.began_at), took, attempt.outcome, text, f"[{attempt.worker}]")
    return "  · " + "  ".join(filter(None, parts))


def finding_line(finding: TicketFinding, lang: str) -> str:
    """One line of `ticket check`, and what to do."""
    hint = f"\n      → {in_language(finding.hint, lang)}" if finding.hint else ""
    name = _named(finding.name, lang)
    space = " " * max(1, _WIDTH - cells(name))
    return f"{_SYMBOLS[finding.ok]} {name}{space} {in_language(finding.text, lang)}{hint}"


def _named(name: str, lang: str) -> str:
    for prefix in ("field ", "values of "):
        if name.startswith(prefix):
            kind = in_language(_NAMES[prefix.strip()], lang)
            return f"{kind} {printable(name.removeprefix(prefix), 60)}"
    return in_language(_NAMES.get(name, Text(name)), lang)


def delivery_json(delivery: Delivery, lang: str) -> dict[str, Any]:
    """One delivery for a program."""
    same = ("number", "delivery_id", "system", "thread", "event", "subject", "tries", "size_bytes")
    return {
        **{name: getattr(delivery, name) for name in same},
        "kind": delivery.kind.value,
        "state": delivery.state.value,
        "in_flight": delivery.in_flight,
        "made_at": delivery.made_at.isoformat(),
        "due_at": delivery.due_at.isoformat() if delivery.state is DeliveryState.WAITING else None,
        "done_at": delivery.done_at.isoformat() if delivery.done_at else None,
        "ticket": delivery.ref or None,
        "link": delivery.link or None,
        "said": in_language(delivery.detail, lang),
    }


def attempt_json(attempt: Attempt, lang: str) -> dict[str, Any]:
    """One attempt for a program; `outcome` is null where its process ended with it."""
    return {
        "began_at": attempt.began_at.isoformat(),
        "ended_at": attempt.ended_at.isoformat() if attempt.ended_at else None,
        "worker": attempt.worker,
        "outcome": attempt.outcome or None,
        "requests": attempt.requests,
        "said": in_language(attempt.detail, lang),
    }


def finding_json(finding: TicketFinding, lang: str) -> dict[str, Any]:
    """One line of `ticket check` for a program."""
    return {
        "name": finding.name,
        "ok": finding.ok,
        "said": in_language(finding.text, lang),
        "hint": in_language(finding.hint, lang) if finding.hint else "",
    }


def _next(delivery: Delivery) -> str:
    return _time(delivery.due_at) if delivery.state is DeliveryState.WAITING else ""


def _time(moment: Any) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}" if moment else ""
