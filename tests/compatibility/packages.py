"""Small real APKs, put together in the test: a binary manifest and native libraries in a zip."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ANDROID = "http://schemas.android.com/apk/res/android"
_TEXT, _INTEGER, _HEXADECIMAL, _BOOLEAN = 0x03, 0x10, 0x11, 0x12
_NONE = 0xFFFFFFFF

Value = str | int | bool | float
"""`float` marks a hexadecimal number, as `glEsVersion` is written."""


@dataclass
class Element:
    """One element of a manifest; `plain` attributes have no namespace."""

    name: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    plain: Mapping[str, str] = field(default_factory=dict)
    children: Sequence[Element] = ()


def manifest(*children: Element, package: str = "org.example.app") -> bytes:
    """Encode a manifest as the Android build tools do (string pool in UTF-16)."""
    root = Element("manifest", {"versionName": "1.2.3"}, {"package": package}, children)
    return _Encoder().encode(root)


def encoded(root: Element) -> bytes:
    """Encode a manifest by its root."""
    return _Encoder().encode(root)


def proto_manifest(levels: Mapping[str, int], package: str) -> bytes:
    """Encode a manifest as a bundle holds it: protocol buffers, numbers compiled."""
    attributes = [_field(4, _field(2, b"package") + _field(3, package.encode()))]
    sdk = b"".join(_field(4, _compiled(name, level)) for name, level in levels.items())
    children = [_field(5, _field(2, b"\n  ")), _field(5, _node(b"uses-sdk", sdk))]
    return _node(b"manifest", b"".join([*attributes, *children]))


def _node(name: bytes, inside: bytes) -> bytes:
    return _field(1, _field(3, name) + inside)


def _compiled(name: str, level: int) -> bytes:
    primitive = _varint(6 << 3) + _varint(level)
    item = _field(6, _field(7, primitive))
    return _field(1, ANDROID.encode()) + _field(2, name.encode()) + item


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def uses_sdk(**levels: int) -> Element:
    return Element("uses-sdk", {f"{name}SdkVersion": level for name, level in levels.items()})


def uses_feature(name: str, *, required: bool = True, **more: Value) -> Element:
    attributes: dict[str, Value] = {"name": name} if name else {}
    return Element("uses-feature", attributes | {"required": required} | more)


def uses_permission(name: str, **more: Value) -> Element:
    return Element("uses-permission", {"name": name} | more)


def apk(files: Mapping[str, bytes]) -> bytes:
    """Pack files as an APK is packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def library(*alignments: int) -> bytes:
    """A 64-bit ELF head with one loaded segment for each alignment."""
    head = b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HHIQQQ", 3, 183, 1, 0, 64, 0)
    head += struct.pack("<IHHHHHH", 0, 64, 56, len(alignments), 0, 0, 0)
    segments = (struct.pack("<IIQQQQQQ", 1, 5, 0, 0, 0, 0, 0, align) for align in alignments)
    return head + b"".join(segments)


class _Encoder:
    def __init__(self) -> None:
        self._strings: list[str] = []

    def encode(self, root: Element) -> bytes:
        body = self._namespace(0x0100) + self._element(root) + self._namespace(0x0101)
        pool = self._pool()
        return struct.pack("<HHI", 0x0003, 8, 8 + len(pool) + len(body)) + pool + body

    def _index(self, text: str) -> int:
        if text not in self._strings:
            self._strings.append(text)
        return self._strings.index(text)

    def _namespace(self, kind: int) -> bytes:
        prefix, uri = self._index("android"), self._index(ANDROID)
        return struct.pack("<HHIIIII", kind, 16, 24, 1, _NONE, prefix, uri)

    def _element(self, element: Element) -> bytes:
        attributes = [
            *((self._index(ANDROID), name, value) for name, value in element.attributes.items()),
            *((_NONE, name, value) for name, value in element.plain.items()),
        ]
        coded = b"".join(self._attribute(*attribute) for attribute in attributes)
        name = self._index(element.name)
        start = struct.pack("<HHIIIII", 0x0102, 16, 36 + len(coded), 1, _NONE, _NONE, name)
        start += struct.pack("<HHHHHH", 20, 20, len(attributes), 0, 0, 0)
        end = struct.pack("<HHIIIII", 0x0103, 16, 24, 1, _NONE, _NONE, name)
        return start + coded + b"".join(map(self._element, element.children)) + end

    def _attribute(self, namespace: int, name: str, value: Value) -> bytes:
        raw = self._index(value) if isinstance(value, str) else _NONE
        if isinstance(value, str):
            kind, data = _TEXT, raw
        elif isinstance(value, bool):
            kind, data = _BOOLEAN, _NONE if value else 0
        elif isinstance(value, float):
            kind, data = _HEXADECIMAL, int(value)
        else:
            kind, data = _INTEGER, value
        return struct.pack("<IIIHBBI", namespace, self._index(name), raw, 8, 0, kind, data)

    def _pool(self) -> bytes:
        coded = [
            struct.pack("<H", len(text)) + text.encode("utf-16-le") + b"\0\0"
            for text in self._strings
        ]
        offsets, at = b"", 0
        for text in coded:
            offsets += struct.pack("<I", at)
            at += len(text)
        words = b"".join(coded)
        words += bytes(-len(words) % 4)
        start = 28 + len(offsets)
        head = struct.pack("<HHI", 0x0001, 28, start + len(words))
        return head + struct.pack("<IIIII", len(coded), 0, 0, start, 0) + offsets + words
