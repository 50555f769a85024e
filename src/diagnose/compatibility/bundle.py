"""The manifest of an Android App Bundle: XML as protocol buffers (aapt's `Resources.proto`).

Only what an element tree holds is read: names, attributes and their text.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from diagnose.compatibility.apk import LARGEST_MANIFEST
from diagnose.compatibility.archive import read_entry
from diagnose.compatibility.manifest import stated
from diagnose.errors import AppInvalid
from diagnose.model.plain import dataclass

_DEEPEST = 40
_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
# Numbers of the fields of XmlNode, XmlElement, XmlAttribute, Item and Primitive.
_NODE_ELEMENT = 1
_ELEMENT_NAME, _ELEMENT_ATTRIBUTE, _ELEMENT_CHILD = 3, 4, 5
_ATTRIBUTE_NAMESPACE, _ATTRIBUTE_NAME, _ATTRIBUTE_VALUE, _ATTRIBUTE_ITEM = 1, 2, 3, 6
_ITEM_PRIMITIVE = 7
_DECIMAL, _HEXADECIMAL, _BOOLEAN = 6, 7, 8


def read_bundle_manifest(archive: zipfile.ZipFile, entry: str, name: str) -> dict[str, Any]:
    """Give what the manifest of a bundle states; raises `AppInvalid` where it cannot be decoded."""
    data = read_entry(archive, entry, LARGEST_MANIFEST)
    try:
        root = _element(_field(data, _NODE_ELEMENT), _DEEPEST)
    except (ValueError, IndexError) as problem:
        raise AppInvalid(f"{name}: its manifest cannot be decoded: {problem}") from problem
    if root.tag != "manifest":
        raise AppInvalid(f"{name}: its manifest cannot be decoded", hint="is it an .aab?")
    return stated(root)


@dataclass
class _Element:
    """An element as the reader of manifests asks for it."""

    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Element] = field(default_factory=list)

    def get(self, key: str, default: str | None = None) -> str | None:
        return self.attributes.get(key, default)

    def findall(self, tag: str) -> list[_Element]:
        return [child for child in self.children if child.tag == tag]

    def find(self, tag: str) -> _Element | None:
        return next(iter(self.findall(tag)), None)


def _element(data: bytes, deep: int) -> _Element:
    if not deep:
        raise ValueError("elements too deep")
    element = _Element()
    for number, value in _fields(data):
        if number == _ELEMENT_NAME and isinstance(value, bytes):
            element.tag = value.decode("utf-8")
        elif number == _ELEMENT_ATTRIBUTE and isinstance(value, bytes):
            key, text = _attribute(value)
            element.attributes[key] = text
        elif number == _ELEMENT_CHILD and isinstance(value, bytes):
            child = _field(value, _NODE_ELEMENT)
            if child:  # else text between elements
                element.children.append(_element(child, deep - 1))
    return element


def _attribute(data: bytes) -> tuple[str, str]:
    namespace = _field(data, _ATTRIBUTE_NAMESPACE).decode("utf-8")
    name = _field(data, _ATTRIBUTE_NAME).decode("utf-8")
    value = _field(data, _ATTRIBUTE_VALUE).decode("utf-8")
    key = f"{{{namespace}}}{name}" if namespace else name
    return key, value or _compiled(_field(data, _ATTRIBUTE_ITEM))


def _compiled(item: bytes) -> str:
    """The text of a number that only its compiled form holds."""
    for number, value in _fields(_field(item, _ITEM_PRIMITIVE)):
        if number in (_DECIMAL, _HEXADECIMAL) and isinstance(value, int):
            return str(value) if number == _DECIMAL else hex(value)
        if number == _BOOLEAN:
            return "true" if value else "false"
    return ""


def _field(data: bytes, wanted: int) -> bytes:
    """The last value of a field that holds bytes; empty where there is none."""
    found = b""
    for number, value in _fields(data):
        if number == wanted and isinstance(value, bytes):
            found = value
    return found


def _fields(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        number, kind = tag >> 3, tag & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield number, value
        elif kind == _BYTES:
            size, at = _varint(data, at)
            if at + size > len(data):
                raise ValueError("it is cut off")
            yield number, data[at : at + size]
            at += size
        elif kind in (_FIXED_32, _FIXED_64):
            at += 4 if kind == _FIXED_32 else 8
        else:
            raise ValueError(f"wire type {kind}")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise ValueError("a number without end")
