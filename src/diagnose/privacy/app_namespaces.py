"""Whose software a Java-style name belongs to: the system's and the makers', or somebody else's.

Names of added apps say which bank, clinic or dating service a person uses; names of the system's
own software say only what kind of phone it is. The table holds the second kind: a name belongs to
the system where it is one of these or lies below one of them. Apps that a maker installs for other
companies (Facebook, Tencent, a carrier) are not the system's.
"""

# ruff: noqa: SIM905 - tables of words are read and compared as lines of words

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

SYSTEM_NAMESPACES: Final[Mapping[str, str]] = {
    "Android and its libraries": """
        android androidx java javax jdk kotlin kotlinx dalvik libcore sun vendor system
        com.android org.apache org.json org.w3c org.xml org.xmlpull org.ccil org.conscrypt
        org.simalliance org.gsma com.gsma org.khronos org.codeaurora com.svox com.svoxmobile
        org.chromium.content org.chromium.base org.chromium.arc
    """,
    "Google": "com.google",
    "Android built by others": """
        org.lineageos lineageos org.pixelexperience org.omnirom com.cyanogenmod org.cyanogenmod
        org.protonaosp com.crdroid org.evolution com.boringdroid org.android_x86 com.genymotion
        com.bluestacks
    """,
    "Huawei, Honor, HMS": """
        com.huawei com.hihonor com.honor com.hisi com.hisilicon com.hicloud com.vmall ohos
    """,
    "Xiaomi, MIUI, HyperOS": """
        com.miui com.xiaomi com.mi com.milink com.mipay com.mfashiongallery com.lbe.security.miui
        miui
    """,
    "Samsung": """
        com.samsung com.sec com.osp com.knox com.skms com.sem com.wssyncmldm com.wsomacp
        com.monotype.android.font com.dsi.ant com.diotek.sec
    """,
    "OPPO, ColorOS, Heytap, realme": """
        com.oppo com.coloros com.heytap com.oplus com.nearme com.realme com.oppoex com.color
        com.opos
    """,
    "OnePlus": "com.oneplus net.oneplus cn.oneplus",
    "vivo": "com.vivo com.bbk com.iqoo com.originos vivo",
    "Meizu": "com.meizu com.flyme",
    "ZTE, nubia": "com.zte cn.zte com.nubia cn.nubia com.ztemt",
    "Lenovo, Motorola": "com.lenovo com.zui com.tblenovo com.motorola com.lmi com.moto",
    "Sony": "com.sony com.sonymobile com.sonyericsson jp.co.sony",
    "other makers": """
        com.lge com.lgeha com.asus com.htc com.nokia com.hmdglobal com.evenwell com.tcl com.tct
        com.jrdcom com.alcatel com.transsion com.infinix com.tecno com.nothing com.sharp
        jp.co.sharp com.fujitsu com.fairphone com.smartisan com.hmct com.hisense com.gionee
        com.amigo com.coolpad com.yulong com.leeco com.letv com.sprocomm com.blackshark com.razer
        com.blackview com.ulefone com.doogee com.umidigi com.wiko com.bq com.acer com.amazon.device
    """,
    "companies that design phones for others": """
        com.wingtech com.huaqin com.longcheertel com.longcheer com.ontim com.tinno com.chinoe
        com.ragentek com.gosunn com.quectel com.fibocom
    """,
    "Qualcomm": """
        com.qualcomm com.qti com.quicinc com.qcom com.codeaurora com.qrd com.snapdragon
    """,
    "MediaTek": "com.mediatek com.mtk",
    "Unisoc": "com.unisoc com.spreadtrum com.sprd com.unisoctech",
    "other chips and parts": """
        com.nvidia com.broadcom com.nxp com.st com.stmicroelectronics com.arm com.imgtec com.intel
        com.marvell com.rockchip com.softwinner com.allwinnertech com.amlogic com.goodix
        com.fingerprints com.focaltech com.synaptics com.invensense com.cirrus com.dolby com.dts
        com.immersion com.trustonic com.ti com.egistec com.silead
    """,
}

# Stores that are nobody's system but may be shown as who installed an app: `software.packages`
# counts what comes from a store.
STORES: Final[frozenset[str]] = frozenset(
    "com.amazon.venezia com.aurora.store com.tencent.android.qqdownloader org.fdroid.fdroid".split()
)

_NAMESPACES: Final = frozenset(" ".join(SYSTEM_NAMESPACES.values()).split())
_DEEPEST: Final = max(name.count(".") for name in _NAMESPACES) + 1


@lru_cache(maxsize=65_536)
def is_system_name(name: str) -> bool:
    """Whether a name (in lower case) of a package, process or class is the system's or a maker's.

    A name of one word is no package of an added app: those have a dot.
    """
    labels = name.split(".", _DEEPEST)
    heads = (".".join(labels[:count]) for count in range(1, _DEEPEST + 1))
    return len(labels) < 2 or any(head in _NAMESPACES for head in heads)
