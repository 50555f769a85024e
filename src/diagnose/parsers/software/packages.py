"""`pm list packages -i`: who installed the apps. Names of apps do not leave this module."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from diagnose.errors import ParseError

_LINE = re.compile(r"^package:(\S{1,300})\s{1,8}installer=(\S{1,200})\s*$", re.MULTILINE)

STORES: Final[Mapping[str, str]] = {
    "com.android.vending": "google_play",
    "com.amazon.venezia": "other_store",
    "com.aurora.store": "other_store",
    "com.tencent.android.qqdownloader": "other_store",
    "org.fdroid.fdroid": "other_store",
    "com.bbk.appstore": "maker_store",
    "com.heytap.market": "maker_store",
    "com.hihonor.appmarket": "maker_store",
    "com.huawei.appmarket": "maker_store",
    "com.lenovo.leos.appstore": "maker_store",
    "com.meizu.mstore": "maker_store",
    "com.nearme.instant.platform": "maker_store",
    "com.oppo.market": "maker_store",
    "com.samsung.android.app.omcagent": "maker_store",
    "com.sec.android.app.samsungapps": "maker_store",
    "com.vivo.appstore": "maker_store",
    "com.xiaomi.market": "maker_store",
    "com.xiaomi.mipicks": "maker_store",
    "com.zte.market": "maker_store",
}
"""App stores by the name of their app, and the class they count in."""

# What opens a file somebody downloaded or was sent: the system's installer, its file managers and
# its browsers. Browsers of others are added apps, so a capture does not tell their names.
_OPENS_FILES = re.compile(
    r"packageinstaller|documentsui|(?:file|my)(?:manager|explorer|files)|hidisk|nbu\.files"
    r"|browser|\.chrome\b",
    re.IGNORECASE,
)


def parse_installers(text: str) -> Mapping[str, int]:
    """Count apps by the name of their installer; `null` is "not known".

    No app at all is an empty mapping; raises `ParseError` where the text is something else.
    """
    found = Counter(match[2] for match in _LINE.finditer(text))
    if not found and text.strip():
        raise ParseError("no package in the answer")
    return dict(found)


def count_by_class(installers: Mapping[str, int]) -> Mapping[str, int]:
    """Add up what `parse_installers` found: `maker_store`, `google_play`, and so on.

    `package_installer`: from a file; `unknown`: nobody is named, as with apps from a computer.
    """
    counts: Counter[str] = Counter()
    for name, count in installers.items():
        counts[installer_class(name)] += count
    return dict(sorted(counts.items()))


def installer_class(name: str) -> str:
    """Say what kind of app installs others."""
    if name == "null":
        return "unknown"
    if name in STORES:
        return STORES[name]
    return "package_installer" if _OPENS_FILES.search(name) else "other_app"
