"""The system properties that are kept of `getprop`.

Those that a probe, a profile or the identity of the phone is read from. A phone has a thousand;
many hold addresses, numbers and names.
"""

from __future__ import annotations

from diagnose.model.communities import COMMUNITY_NAMES
from diagnose.model.requests.kept import Entries

_PLACES = r"(?:(?:odm|vendor|product|system|system_ext|bootimage)\.)?"
_PRODUCT = (
    r"brand|manufacturer|model|name|device|board|display|marketname|letv_name|first_api_level"
    r"|cpu\.abi2?|cpu\.abilist(?:32|64)?|cpu\.pagesize\.max|mod_device|cert|brand_for_attestation"
    r"|model_for_attestation|hw_model|odm\.marketname"
)
_BUILD = (
    r"display\.id|fingerprint|flavor|host|user|id|tags|type|description|product|characteristics"
    r"|date(?:\.utc)?|ab_update|uiversion|ver\.physical|nubia\.rom\.\w{1,20}|MiFavor_version"
    r"|ota\.versionname|display\.ota|hw_emui_api_level|hwversion|PDA|changelist"
    r"|version\.[a-z_]{1,40}(?:\.[a-z_]{1,20})?"
)
_BOOT = (
    r"avb_version|bootreason|flash\.locked|hardware(?:\.\w{1,20}){0,2}|qemu|selinux|serialno|slot"
    r"|slot_suffix|vbmeta\.avb_version|vbmeta\.device_state|verifiedbootstate|veritymode"
    r"|warranty_bit|imei\d?|mode"
)
_MARKET = (
    r"ro\.(?:(?:vendor\.)?config\.lgsi\.market_name|config\.marketing_name|(?:vendor\.)?oplus\.market"
    r"\.(?:en)?name|(?:vivo|oppo)\.market\.(?:en)?name|vendor\.product\.(?:display|ztename|model|name"
    r"|device|brand|manufacturer)|vendor\.asus\.product\.mkt_name|zuk\.product\.market"
    r"|semc\.product\.name|asus\.product\.mkt_name)"
)
_SYSTEMS = (
    r"ro\.(?:(?:lineage|cm|crdroid|havoc|rr|omni|pa|aicp|bliss|derpfest|rising|mk|mokee|calyxos"
    r"|evolution|arrow|pixelos|potato|superior|corvus|aospa|aokp|carbon|du|slim|voltage|elixir"
    r"|matrixx|cherish|syberia|statix|sparkos|spark|yaap|iode|divest)\.(?:build\.|version|device|url)"
    r"[\w.]{0,40}|modversion|com\.zui\.version|flyme\.version\.id|joyui\.(?:ui\.)?version(?:\.\w{1,8})?"
    r"|letv\.release\.version|mi\.os\.version\.\w{1,20}|miui\.ui\.version\.(?:name|code)"
    r"|oxygen\.version|rom\.version|smartisan\.version|sys\.anco\.product\.software\.version"
    r"|vendor\.build\.(?:asus\.version|security_patch)|vivo\.(?:os\.(?:build\.display\.id|version|name)"
    r"|product\.version)|huawei\.build\.date\.utc)"
    r"|org\.(?:pixelexperience|evolution|pixelos|lineageos)\.[\w.]{1,40}"
)
_STATE = (
    r"ro\.(?:board\.(?:api_level|platform)|config\.low_ram|crypto\.(?:state|type)|debuggable"
    r"|device_owner|organization_owned|gsid\.image_running|hardware(?:\.vulkan)?|is_ever_orange"
    r"|kernel\.qemu|opengles\.version|radio\.noril|ril\.(?:oem|miui)\.imei\d?|meizu\.hardware\.imei\d?"
    r"|secure|secureboot\.(?:lockstate|devicelock)|serialno|soc\.(?:model|manufacturer)|treble\.enabled"
    r"|vendor\.api_level|virtual_ab\.enabled|vndk\.version|warranty_bit|zygote|adb\.secure|baseband"
    r"|mtk_widevine_drm_l[13]_support|oem_unlock_supported|telephony\.sim_slots\.count|bootmode)"
    r"|persist\.(?:adb\.tradeinmode|radio\.airplane_mode_on|radio\.imei\d?|sys\.boot\.reason(?:\.history)?"
    r"|sys\.powerup_reason|vendor\.aeev\.boot\.reason\.status)|ro\.sys\.powerup_reason"
    r"|ril\.(?:gsm\.)?imei\d?|vendor\.oem\.device\.imeicache\d|vendor\.peripheral\.modem\.state"
    r"|gsm\.(?:sim\.(?:state|operator\.(?:iso-country|numeric))|version\.(?:baseband|ril-impl))"
    r"|init\.svc\.[\w.@-]{1,80}|sys\.(?:boot\.reason(?:\.last)?|boot_completed|oem_unlock_allowed"
    r"|lenovo\.widevine_security_level)|hw_sc\.build\.(?:os\.enable|platform\.version)"
    r"|msc\.config\.magic\.version|wlan\.driver\.status|partition\.system\.verified"
)

# What `ro.` names was written when the image was made; of who made it, only who is no person.
# The rest is set while the phone runs: each in its words.
_NUMBERS = r"-?\d{0,9}"
_MADE_BY = rf"(?i:{COMMUNITY_NAMES})"
_SIM = (
    r"(?:UNKNOWN|ABSENT|PIN_REQUIRED|PUK_REQUIRED|NETWORK_LOCKED|PERSO_LOCKED|READY|NOT_READY"
    r"|PERM_DISABLED|CARD_IO_ERROR|CARD_RESTRICTED|LOADED|IMSI|LOCKED)"
)
_DETAIL = r"(?:[,:][a-zA-Z0-9_.+-]{0,60}){0,6}"
_REASON = rf"[a-z0-9_+-]{{0,40}}{_DETAIL}"
_NEXT_REASON = (
    rf"\s{{1,4}}[a-z0-9_+-]{{1,40}}{_DETAIL}"  # of one without a letter blanks would be any number
)
_FIRMWARE = r"[\w .,:()/+-]{0,300}"  # of the modem's maker; no person writes it
FORMS = (
    rf"ro\.(?!build\.(?:user|host)=)[^=]{{1,150}}=(?s:.{{0,2000}})|ro\.build\.(?:user|host)={_MADE_BY}?"
    rf"|gsm\.sim\.state={_SIM}?(?:,{_SIM}?){{0,8}}|gsm\.sim\.operator\.iso-country=(?:[a-z]{{2}})?(?:,(?:[a-z]{{2}})?){{0,8}}"
    rf"|gsm\.sim\.operator\.numeric=(?:\d{{5,6}})?(?:,(?:\d{{5,6}})?){{0,8}}|gsm\.version\.[\w-]{{1,20}}={_FIRMWARE}"
    r"|init\.svc\.[\w.@-]{1,80}=(?:running|stopped|restarting|stopping)?"
    rf"|(?:persist\.)?sys\.boot\.reason(?:\.last)?={_REASON}"
    rf"|persist\.sys\.boot\.reason\.history={_REASON}(?:{_NEXT_REASON}){{0,60}}"
    r"|persist\.sys\.powerup_reason=[A-Z_]{0,20}|persist\.vendor\.aeev\.boot\.reason\.status=\w{0,12}"
    r"|[\w.]{1,40}imei(?:cache)?\d?=[0-9a-fA-F<>ime:,* ]{0,120}"
    r"|vendor\.peripheral\.modem\.state=(?:ONLINE|OFFLINE|OFFLINING|CRASHED|ONLINING)?"
    rf"|(?:persist\.(?:adb\.tradeinmode|radio\.airplane_mode_on)|sys\.(?:boot_completed"
    rf"|oem_unlock_allowed)|partition\.system\.verified)={_NUMBERS}|sys\.lenovo\.[\w.]{{1,40}}=L?\d?"
    r"|(?:hw_sc|msc)\.[\w.]{1,40}=(?:true|false|[\d.]{0,20})|wlan\.driver\.status=(?:ok|unloaded|failed)?"
    r"|org\.[\w.]{1,80}=[\w .,:()/+-]{0,200}"
)

PROPERTIES = Entries(
    rf"ro\.product\.{_PLACES}(?:{_PRODUCT})|ro\.(?:(?:system|vendor|odm|product)\.)?build\."
    rf"(?:{_BUILD})|ro\.boot\.(?:{_BOOT})|{_MARKET}|{_SYSTEMS}|{_STATE}",
    FORMS,
    _MADE_BY,
)
