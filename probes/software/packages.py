"""Apps added by the owner, counted by who installed them; no names are kept."""

from diagnose import sdk
from diagnose.parsers.software.packages import count_by_class, parse_installers
from diagnose.requests import adb

_STORES = ("google_play", "maker_store", "other_store")


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    counts = count_by_class(answers.parse(adb.ADDED_PACKAGES, parse_installers))
    apps, from_stores = sum(counts.values()), sum(counts.get(name, 0) for name in _STORES)
    yield answers.measure("apps", apps, adb.ADDED_PACKAGES)
    yield answers.measure("from_stores", from_stores, adb.ADDED_PACKAGES)
    yield answers.measure("from_elsewhere", apps - from_stores, adb.ADDED_PACKAGES)
    for name, count in counts.items():
        yield answers.measure(f"by_installer.{name}", count, adb.ADDED_PACKAGES)


PROBE = sdk.Probe(
    id="software.packages",
    title=sdk.Text("Added apps", "已安装应用"),
    about=sdk.About(
        tested=sdk.Text(
            "How many apps were added, and whether by an app store, from a file or by others. "
            "No names are kept.",
            "用户安装的应用数量及其来源：应用商店、安装包文件或其他（不保留名称）。",
        ),
        meaning=sdk.Text(
            "Apps from files or unknown sources are a frequent cause of pop-ups and drain.",
            "来源不明的应用常常引起弹窗和耗电。",
        ),
        consequence=sdk.Text(
            "Unwanted apps slow the phone and empty the battery.", "不需要的应用会拖慢手机并耗电。"
        ),
        action=sdk.Text(
            "Go through the list with the owner and remove what is not known.",
            "请与机主一起查看列表，卸载不认识的应用。",
        ),
    ),
    requests=(adb.ADDED_PACKAGES,),
    measures={
        "apps": sdk.Spec(sdk.Unit.COUNT, sdk.Text("Added apps", "已安装应用"), essential=True),
        "from_stores": sdk.Spec(sdk.Unit.COUNT, sdk.Text("From app stores", "来自应用商店")),
        "from_elsewhere": sdk.Spec(
            sdk.Unit.COUNT, sdk.Text("From elsewhere or unknown", "来自其他或未知来源")
        ),
        "by_installer": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Apps by their source", "按来源统计的应用"),
            places={
                "google_play": sdk.Text("Google Play", "Google Play"),
                "maker_store": sdk.Text("the maker's store", "厂商应用商店"),
                "other_store": sdk.Text("another store", "其他应用商店"),
                "package_installer": sdk.Text("from a file", "安装包文件"),
                "other_app": sdk.Text("another app", "其他应用"),
                "unknown": sdk.Text("unknown", "未知"),
            },
        ),
    },
    interpret=interpret,
    symptoms=("slow", "drains-fast"),
)
