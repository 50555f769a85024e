"""Whether the phone offers what an app asks for: a pure comparison, with a reason for each part.

That an app cannot run here is a statement about the app, never a fault of the phone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from diagnose.compatibility.permissions import PERMISSIONS_GONE
from diagnose.compatibility.requirements import AppRequirements
from diagnose.model.compatibility import Check, Compatibility, Fit
from diagnose.model.text import Text
from diagnose.parsers.property_values import number
from diagnose.parsers.system.graphics_level import gl_es_level, vulkan_level

_VULKAN = "android.hardware.vulkan.version"
_GL_ES = "reqGlEsVersion"
_SDK = "ro.build.version.sdk"
_FIRST_WITH_LARGE_PAGES = 35
_FIRST_WITH_NATIVE = 31
_LARGE_PAGE = 16_384
_SHOWN = 10
# Android 14 and later refuse to install apps that target less (source.android.com, Android 14 and
# 15 behaviour changes: minimum installable target API level).
_LEAST_TARGET = {34: 23, 35: 24, 36: 24}


def check(
    requirements: AppRequirements,
    properties: Mapping[str, str],
    features: Mapping[str, str] | None,
    *,
    page_size: int | None = None,
    libraries: Collection[str] | None = None,
) -> Compatibility:
    """Compare what the app asks with what the phone stated.

    `features` as `parse_features` gives them, None where the list could not be read; `page_size`
    in bytes, None where unknown; `libraries`: those of the system, None where not read. What the
    phone or the app did not say is `UNKNOWN`, never a fit.
    """
    checks = (
        *_parts_of_app(requirements),
        *_system(requirements, properties),
        *_target(requirements, properties),
        *_native(requirements, properties, page_size),
        *_features(requirements, features),
        *_libraries(requirements, properties, libraries),
        *_graphics(requirements, properties, features),
        *_permissions(requirements, properties),
    )
    found = {done.fit for done in checks}
    order = (Fit.MISSES, Fit.UNKNOWN, Fit.DOUBTFUL)
    is_known = bool(checks) or number(properties, _SDK) is not None
    fallback = Fit.FITS if is_known else Fit.UNKNOWN  # a phone that says nothing fits nothing
    verdict = next((fit for fit in order if fit in found), fallback)
    return Compatibility(package=requirements.package, verdict=verdict, checks=checks)


def _system(wanted: AppRequirements, properties: Mapping[str, str]) -> Iterator[Check]:
    sdk = number(properties, _SDK)
    found = str(sdk) if sdk else ""
    for name, level, title in (
        ("min_sdk", wanted.min_sdk, Text("Oldest system", "最低系统版本")),
        ("max_sdk", wanted.max_sdk, Text("Newest system", "最高系统版本")),
    ):
        if name in wanted.unclear:
            yield _not_stated(name, title)
        if level is None:
            continue
        if sdk is None:
            yield _unknown(name, title, f"API {level}")
            continue
        ok = sdk >= level if name == "min_sdk" else sdk <= level
        done = _compared(name, title, ok=ok, asked=f"API {level}", found=f"API {found}")
        # Android has not refused newer systems since 2.0.1; only stores hide the app there.
        eased = name == "max_sdk" and done.fit is Fit.MISSES
        yield done.model_copy(update={"fit": Fit.DOUBTFUL}) if eased else done


def _target(wanted: AppRequirements, properties: Mapping[str, str]) -> Iterator[Check]:
    sdk = number(properties, _SDK)
    least, title = _least_target(sdk), Text("Built for", "目标系统版本")
    if sdk is None and wanted.target_sdk:
        yield _unknown("target_sdk", title, f"API {wanted.target_sdk}")
    if least and wanted.target_sdk is None:
        yield _not_stated("target_sdk", title)
    elif least and wanted.target_sdk and wanted.target_sdk < least:
        asked, own = f"at least API {least}", f"API {wanted.target_sdk}"
        yield Check(
            id="target_sdk",
            title=title,
            fit=Fit.MISSES,
            asked=asked,
            found=own,
            text=Text(
                f"This Android refuses to install apps built for {own}: it asks for {asked}.",
                f"此 Android 版本拒绝安装面向 {own} 构建的应用，要求至少 API {least}。",
            ),
        )


def _least_target(sdk: int | None) -> int | None:
    return None if sdk is None else _LEAST_TARGET.get(min(sdk, max(_LEAST_TARGET)))


def _parts_of_app(wanted: AppRequirements) -> Iterator[Check]:
    """What the file itself lacks, or will not do."""
    if wanted.needs_splits:
        yield Check(
            id="splits",
            title=Text("Parts of the app", "应用的组成部分"),
            fit=Fit.UNKNOWN,
            asked="",
            found="",
            text=Text(
                "This file is only the base of an app in several parts; what the others need is "
                "unknown, and it cannot be installed alone.",
                "该文件只是多部分应用的基础包，其余部分的要求未知，且不能单独安装。",
            ),
        )
    if wanted.shared_user:
        yield Check(
            id="shared_user",
            title=Text("Identity of the system", "系统身份"),
            fit=Fit.UNKNOWN,
            asked=wanted.shared_user,
            found="",
            text=Text(
                f"The app wants to run as {wanted.shared_user}: Android installs it only where "
                "the phone's maker signed it, and no phone says with which key that is.",
                f"应用要求以 {wanted.shared_user} 身份运行：仅当由该手机厂商签名时才能安装，"
                "而手机不提供签名密钥信息。",
            ),
        )
    if wanted.is_test_only:
        yield Check(
            id="test_only",
            title=Text("Test build", "测试版本"),
            fit=Fit.DOUBTFUL,
            asked="",
            found="",
            text=Text(
                "The app is a test build: it is installed from a computer only (adb install -t).",
                "该应用是测试版本，只能通过电脑安装（adb install -t）。",
            ),
        )


def _libraries(
    wanted: AppRequirements, properties: Mapping[str, str], libraries: Collection[str] | None
) -> Iterator[Check]:
    """Libraries without which Android refuses to install the app."""
    title = Text("Libraries of the system", "系统库")
    names = wanted.libraries
    if names and libraries is None:
        yield _unknown("libraries", title, ", ".join(names[:_SHOWN]))
    elif names and libraries is not None:
        missing = [name for name in names if name not in libraries]
        asked = ", ".join((missing or names)[:_SHOWN])
        found = f"{len(names) - len(missing)} of {len(names)}"
        yield _compared("libraries", title, ok=not missing, asked=asked, found=found)
    native = _native_libraries(wanted, number(properties, _SDK))
    if native:
        yield _unknown(
            "native_libraries",
            Text("Native libraries of the system", "系统原生库"),
            ", ".join(native[:_SHOWN]),
        )
    if wanted.static_libraries:
        yield _unknown(
            "static_libraries",
            Text("Libraries of other apps", "其他应用提供的库"),
            ", ".join(wanted.static_libraries[:_SHOWN]),
        )


def _native_libraries(wanted: AppRequirements, sdk: int | None) -> tuple[str, ...]:
    """Those it cannot be installed without: Android 12 asks apps that are built for it."""
    held = (sdk or 99) >= _FIRST_WITH_NATIVE and (wanted.target_sdk or 99) >= _FIRST_WITH_NATIVE
    return wanted.native_libraries if held else ()


def _native(
    wanted: AppRequirements, properties: Mapping[str, str], page_size: int | None
) -> Iterator[Check]:
    title = Text("Machine code", "指令集")
    listed = properties.get("ro.product.cpu.abilist") or properties.get("ro.product.cpu.abi", "")
    offered = [abi.strip() for abi in listed[:200].split(",") if abi.strip()]
    asked = " / ".join(wanted.abis)
    if not wanted.abis:
        yield from _pages(wanted.native_alignment, number(properties, _SDK), page_size)
        return
    if not offered:
        yield _unknown("abis", title, asked)
        return
    common = [abi for abi in offered if abi in wanted.abis]
    yield _compared("abis", title, ok=bool(common), asked=asked, found=", ".join(offered[:_SHOWN]))
    if any("64" in abi for abi in common):
        yield from _pages(wanted.native_alignment, number(properties, _SDK), page_size)


def _pages(alignment: int | None, sdk: int | None, page_size: int | None) -> Iterator[Check]:
    """Larger pages came with Android 15; Android 16 can start misaligned libraries, slower."""
    if alignment is None or (page_size is None and (sdk or 0) < _FIRST_WITH_LARGE_PAGES):
        return
    title, asked = Text("Memory pages", "内存页"), f"{alignment} B"
    if page_size is None:
        if alignment < _LARGE_PAGE:
            yield _unknown("page_size", title, asked)
        return
    done = _compared(
        "page_size", title, ok=alignment >= page_size, asked=asked, found=f"{page_size} B"
    )
    eased = done.fit is Fit.MISSES and (sdk or 0) > _FIRST_WITH_LARGE_PAGES
    yield done.model_copy(update={"fit": Fit.DOUBTFUL}) if eased else done


def _features(wanted: AppRequirements, features: Mapping[str, str] | None) -> Iterator[Check]:
    if not wanted.features:
        return
    title = Text("Parts and functions", "硬件与功能")
    if features is None:
        yield _unknown("features", title, ", ".join(wanted.features[:_SHOWN]))
        return
    missing = [name for name in wanted.features if name not in features]
    asked = ", ".join((missing or wanted.features)[:_SHOWN])
    found = f"{len(wanted.features) - len(missing)} of {len(wanted.features)}"
    yield _compared("features", title, ok=not missing, asked=asked, found=found)


def _graphics(
    wanted: AppRequirements, properties: Mapping[str, str], features: Mapping[str, str] | None
) -> Iterator[Check]:
    stated = (features or {}).get(_GL_ES) or properties.get("ro.opengles.version", "")
    if wanted.gl_es:
        title = Text("OpenGL ES", "OpenGL ES")
        yield _levels("gl_es", title, wanted.gl_es, gl_es_level(stated))
    if wanted.vulkan:
        title = Text("Vulkan", "Vulkan")
        if features is not None and _VULKAN not in features:
            yield _compared("vulkan", title, ok=False, asked=wanted.vulkan, found="none")
        else:
            level = vulkan_level((features or {}).get(_VULKAN, ""))
            yield _levels("vulkan", title, wanted.vulkan, level)


def _permissions(wanted: AppRequirements, properties: Mapping[str, str]) -> Iterator[Check]:
    sdk = number(properties, _SDK)
    may_go = [name for name in wanted.permissions if name in PERMISSIONS_GONE]
    if may_go and sdk is None:
        yield _unknown("permissions", Text("Permissions", "权限"), ", ".join(may_go[:_SHOWN]))
    gone = [name for name in may_go if sdk and sdk >= PERMISSIONS_GONE[name]]
    if not gone:
        return
    names = ", ".join(name.rpartition(".")[2] for name in gone[:_SHOWN])
    yield Check(
        id="permissions",
        title=Text("Permissions", "权限"),
        fit=Fit.DOUBTFUL,
        asked=names,
        found=f"API {sdk}",
        text=Text(
            f"The app asks for permissions this Android does not have any more: {names}.",
            f"应用请求的权限在此 Android 版本中已不存在：{names}。",
        ),
    )


def _levels(name: str, title: Text, asked: str, found: str | None) -> Check:
    if found is None:
        return _unknown(name, title, asked)
    return _compared(name, title, ok=_parts(found) >= _parts(asked), asked=asked, found=found)


def _parts(level: str) -> tuple[int, ...]:
    return tuple(int(part) for part in level.split("."))


def _compared(name: str, title: Text, *, ok: bool, asked: str, found: str) -> Check:
    fit = Fit.FITS if ok else Fit.MISSES
    text = Text(
        f"{title.en}: the app asks for {asked}, the phone has {found}.",
        f"{title.zh}：应用要求 {asked}，手机为 {found}。",
    )
    return Check(id=name, title=title, fit=fit, asked=asked, found=found, text=text)


def _not_stated(name: str, title: Text) -> Check:
    text = Text(
        f"{title.en}: the app does not say it in a way that can be compared.",
        f"{title.zh}：应用未以可比较的方式说明。",
    )
    return Check(id=name, title=title, fit=Fit.UNKNOWN, asked="", found="", text=text)


def _unknown(name: str, title: Text, asked: str) -> Check:
    text = Text(
        f"{title.en}: the app asks for {asked}; the phone did not say what it has.",
        f"{title.zh}：应用要求 {asked}，手机未给出相应信息。",
    )
    return Check(id=name, title=title, fit=Fit.UNKNOWN, asked=asked, found="", text=text)
