"""What the manifest of an app states, whatever it was encoded in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from diagnose.errors import AppInvalid
from diagnose.parsers.system.graphics_level import gl_es_level, vulkan_level

_ANDROID = "{http://schemas.android.com/apk/res/android}"
_NAME = re.compile(r"[\w.\-]{1,200}")
_VULKAN = "android.hardware.vulkan.version"
_SPLITS = "com.android.vending.splits.required"


def stated(root: Any) -> dict[str, Any]:
    """Read the element tree of a base manifest. Raises `AppInvalid` for that of a split.

    A level that is not said is 1, as Android takes it; one that is a code name or a reference is
    `unclear`.
    """
    if part := _text(root, "split"):
        raise AppInvalid(
            f"this is only the part {part[:60]!r} of an app",
            hint="give the base APK, or the .apks, .xapk or .apkm with all parts",
        )
    features = [node for node in root.findall("uses-feature") if _required(node)]
    names = [_text(node, "name") for node in features]
    application = root.find("application")
    return {
        "package": root.get("package", "")[:200],
        "version_name": _text(root, "versionName")[:100],
        **_levels(root.find("uses-sdk")),
        "features": _unique(name for name in names if name != _VULKAN),
        "permissions": _unique(_permissions(root)),
        "gl_es": _highest(gl_es_level(_text(node, "glEsVersion")) for node in features),
        "vulkan": _highest(
            vulkan_level(_text(node, "version"))
            for node in features
            if _text(node, "name") == _VULKAN
        ),
        "libraries": _libraries(application, "uses-library"),
        "native_libraries": _libraries(application, "uses-native-library"),
        "static_libraries": (
            *_libraries(application, "uses-static-library"),
            *_libraries(application, "uses-sdk-library"),
        ),
        "shared_user": _identity_of_the_system(root),
        "needs_splits": _needs_splits(root, application),
        "is_test_only": _is_true(_text(application, "testOnly")),
    }


def _identity_of_the_system(root: Any) -> str:
    """Any other identity an app shares is of its own maker's apps, and nothing to the phone."""
    name = _text(root, "sharedUserId")
    return name if name.startswith("android.") and _NAME.fullmatch(name) else ""


def _levels(sdk: Any) -> dict[str, Any]:
    levels = {name: _text(sdk, f"{name}SdkVersion") for name in ("min", "target", "max")}
    unclear = tuple(f"{name}_sdk" for name, level in levels.items() if level and not _level(level))
    least = _level(levels["min"]) or (1 if not levels["min"] else None)
    return {
        "min_sdk": least,
        "target_sdk": _level(levels["target"]) or (least if not levels["target"] else None),
        "max_sdk": _level(levels["max"]),
        "unclear": unclear,
    }


def _permissions(root: Any) -> Iterator[str]:
    for tag in ("uses-permission", "uses-permission-sdk-23"):
        for node in root.findall(tag):
            if not _text(node, "maxSdkVersion"):  # else asked for on older systems only
                yield _text(node, "name")


def _libraries(application: Any, tag: str) -> tuple[str, ...]:
    nodes = application.findall(tag) if application is not None else []
    return _unique(_text(node, "name") for node in nodes if _required(node))


def _needs_splits(root: Any, application: Any) -> bool:
    """Whether the base alone is not the whole app: what else it needs stands in other files."""
    marks = [] if application is None else application.findall("meta-data")
    marked = (_text(node, "value") for node in marks if _text(node, "name") == _SPLITS)
    stated = (_text(root, "isSplitRequired"), _text(application, "isSplitRequired"), *marked)
    return bool(_text(root, "requiredSplitTypes")) or any(map(_is_true, stated))


def _required(node: Any) -> bool:
    return _text(node, "required").lower() not in ("false", "0")


def _is_true(text: str) -> bool:
    return text.lower() in ("true", "1", "-1", "0xffffffff")


def _text(node: Any, attribute: str) -> str:
    if node is None:
        return ""
    return str(node.get(f"{_ANDROID}{attribute}") or node.get(attribute) or "")


def _level(written: str) -> int | None:
    """A whole level; a reference (`@7F0A0001`) or a code name is none that could be compared."""
    fits = written.isascii() and written.isdigit() and 0 < len(written) < 5
    return max(1, int(written)) if fits else None


def _unique(names: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if _NAME.fullmatch(name)))[:2000]


def _highest(levels: Any) -> str | None:
    known = [level for level in levels if level]
    return max(known, key=lambda level: tuple(map(int, level.split("."))), default=None)
