"""Apps added by the owner, counted by who installed them; no names are kept."""

from diagnose.parsers.packages import parse_installers
from diagnose.sdk import About, Answers, DataClass, Interpreted, Probe, Shell, Spec, Text, Unit

PACKAGES = Shell(
    "pm",
    "list",
    "packages",
    "-3",
    "-i",
    expected_ms=60,
    data_class=DataClass.USAGE,
)
STORES = frozenset(
    {
        "com.amazon.venezia",
        "com.android.vending",
        "com.aurora.store",
        "com.bbk.appstore",
        "com.heytap.market",
        "com.hihonor.appmarket",
        "com.huawei.appmarket",
        "com.lenovo.leos.appstore",
        "com.meizu.mstore",
        "com.nearme.instant.platform",
        "com.oppo.market",
        "com.samsung.android.app.omcagent",
        "com.sec.android.app.samsungapps",
        "com.tencent.android.qqdownloader",
        "com.xiaomi.market",
        "com.xiaomi.mipicks",
        "com.zte.market",
        "org.fdroid.fdroid",
    }
)


def interpret(answers: Answers) -> Interpreted:
    installers = answers.parse(PACKAGES, parse_installers)
    from_stores = sum(count for name, count in installers.items() if name in STORES)
    yield answers.measure("apps", sum(installers.values()), PACKAGES)
    yield answers.measure("from_stores", from_stores, PACKAGES)
    yield answers.measure("from_elsewhere", sum(installers.values()) - from_stores, PACKAGES)


PROBE = Probe(
    id="software.packages",
    title=Text("Added apps", "已安装应用"),
    about=About(
        tested=Text(
            "How many apps were added, and how many of them by an app store. No names are kept.",
            "用户安装的应用数量，以及其中来自应用商店的数量（不保留名称）。",
        ),
        meaning=Text(
            "Apps from files or unknown sources are a frequent cause of pop-ups and drain.",
            "来源不明的应用常常引起弹窗和耗电。",
        ),
        consequence=Text(
            "Unwanted apps slow the phone and empty the battery.", "不需要的应用会拖慢手机并耗电。"
        ),
        action=Text(
            "Go through the list with the owner and remove what is not known.",
            "请与机主一起查看列表，卸载不认识的应用。",
        ),
    ),
    requests=(PACKAGES,),
    measures={
        "apps": Spec(Unit.COUNT, Text("Added apps", "已安装应用"), essential=True),
        "from_stores": Spec(Unit.COUNT, Text("From app stores", "来自应用商店")),
        "from_elsewhere": Spec(Unit.COUNT, Text("From elsewhere or unknown", "来自其他或未知来源")),
    },
    interpret=interpret,
    symptoms=("slow", "drains-fast"),
)
