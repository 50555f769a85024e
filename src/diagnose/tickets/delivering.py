"""One delivery, from the search for it to the comparison of what was read back.

The order of steps is what makes it happen once: search by the delivery id, send, write down what
it became, read back, complete what is missing, compare. It may end anywhere and begin again.
"""

from __future__ import annotations

from collections.abc import Callable

from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.tickets.adapter import Adapter, SeenTicket
from diagnose.tickets.content import Content
from diagnose.tickets.delivery import DeliveryKind
from diagnose.tickets.failures import NotKept

Keep = Callable[[str], None]

DELIVERED = Text("delivered and read back", "已送达并核对")
CONFIRMED = Text("delivered; this system cannot be read back", "已送达；此系统无法回读核对")


@dataclass
class DeliveryWay:
    """How one delivery goes: `ref` is its ticket as soon as there is one.

    `keep` writes down a ticket that was made. `in_doubt`: an earlier attempt may have made one.
    """

    adapter: Adapter
    kind: DeliveryKind
    ref: str
    keep: Keep
    in_doubt: bool


def deliver(way: DeliveryWay, content: Content) -> Text:
    """Bring one content to its system; say how it went. Raises `AttemptFailed`, `LeaseLost`."""
    if way.kind is DeliveryKind.NOTE:
        return _deliver_note(way, content)
    if not way.ref:
        found = way.adapter.find(content.delivery_id)
        way.ref = found[0] if found else way.adapter.create(content)
        way.keep(way.ref)
    difference = _compare(way.adapter, way.ref, content)
    return _name_doubles(way, content, difference) if way.in_doubt else difference


def _compare(adapter: Adapter, ref: str, content: Content) -> Text:
    seen = adapter.see(ref, content)
    if seen is None:
        return CONFIRMED
    fields, files = _missing(seen, content)
    if fields or files:
        adapter.complete(ref, content.only(fields, files))
        seen = adapter.see(ref, content) or SeenTicket()
        fields, files = _missing(seen, content)
    if fields or files:
        names = ", ".join((*sorted(fields), *sorted(files)))
        en = f"ticket {ref} is there, but it does not hold: {names}"
        raise NotKept(Text(en, f"工单 {ref} 已建立，但缺少：{names}"))
    return DELIVERED


def _missing(seen: SeenTicket, content: Content) -> tuple[set[str], set[str]]:
    fields = {
        name for name, value in content.fields.items() if not _same(seen.fields.get(name), value)
    }
    files = {file.name for file in content.files if seen.files.get(file.name) != file.sha256}
    return fields, files


def _same(there: str | None, sent: str) -> bool:
    """Whether it is the same to a reader: systems trim blanks and change line ends."""
    return " ".join((there or "").split()) == " ".join(sent.split())


def _deliver_note(way: DeliveryWay, note: Content) -> Text:
    if not way.ref:
        raise NotKept(Text("its ticket is not known", "找不到所属的工单"))
    if note.files:
        _compare(way.adapter, way.ref, note)
    if way.adapter.has_note(way.ref, note.delivery_id):
        return DELIVERED
    way.adapter.append(way.ref, note)
    there = way.adapter.has_note(way.ref, note.delivery_id)
    if there is False:
        text = Text(f"ticket {way.ref} does not show the note", f"工单 {way.ref} 中未见该备注")
        raise NotKept(text)
    return DELIVERED if there else CONFIRMED


def _name_doubles(way: DeliveryWay, content: Content, text: Text) -> Text:
    """Two tickets of one delivery can only come of a server that worked on long after: say so."""
    refs = way.adapter.find(content.delivery_id)
    if len(refs) < 2:
        return text
    names = ", ".join(refs)
    return Text(
        f"{text.en}; but it stands there more than once: {names}. Close all but the first by hand",
        f"{text.zh}；但存在多份：{names}。请手动关闭多余的工单",
    )
