"""Where the dumps of services name the owner's apps and things."""

from __future__ import annotations

from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import properties
from diagnose.simulator.state.identity import SimulatedIdentity, Skin
from diagnose.simulator.state.owner import Owner


@properties
def owner_properties(phone: Phone) -> dict[str, str]:
    """The name of the phone (Xiaomi keeps it in a property), and its host name until Android 9."""
    who, owner = phone[SimulatedIdentity], phone[Owner]
    shown = {}
    if who.skin in (Skin.MIUI, Skin.HYPEROS):
        shown["persist.sys.device_name"] = owner.device_name
    if who.sdk <= 29:
        shown["net.hostname"] = owner.host_name
    return shown


def app_names(phone: Phone, count: int) -> list[str]:
    """The names of `count` added apps: the telling ones first."""
    more = (f"com.example.app{at:03d}" for at in range(count))
    return [*phone[Owner].apps, *more][:count]


def history_lines(phone: Phone) -> list[str]:
    """What `dumpsys batterystats` says of jobs and of the app in front."""
    bank, dating, health, odd = phone[Owner].apps
    return [
        f'         +1m01s (2) 088 c0200040 +top=u0a112:"{bank}"',
        f'         +1m02s (2) 088 c0200040 +job=u0a113:"{dating}/.push.PushJob"',
        f'         +1m03s (2) 088 c0200040 +wake_lock=u0a114:"*job*/{health}/{health}.SyncJob"',
        f'         +1m04s (2) 088 c0200040 +fg=u0a115:"{odd}:remote"',
    ]


def use_lines(phone: Phone) -> list[str]:
    """What it says of wake locks, and of each app."""
    bank, dating, health, odd = phone[Owner].apps
    return [
        "",
        "  All partial wake locks:",
        "  Wake lock 1000 PowerManagerService.Display: 3s 88ms (1 times) max=3088 realtime",
        f"  Wake lock u0a113 *job*/{dating}/.push.PushJob: 2s 938ms (1 times) max=3090 realtime",
        "  Wake lock u0a112 Yinhetong-transfer: 16ms (1 times) max=16 realtime",
        "",
        "  u0a112:",
        "    Wake lock Yinhetong-transfer: 16ms partial (1 times) max=16 realtime",
        f"    Proc {bank}:",
        "      CPU: 1s 200ms usr + 300ms krn ; 0ms fg",
        f"    Apk {odd}:",
        f"      Service {odd}.PayService:",
        "        Created for: 1s 10ms uptime",
        f"    Job {health}/.SyncJob: 2s (3 times)",
    ]


def camera_lines(phone: Phone) -> list[str]:
    """Who had a camera open, in the words of the camera service's log."""
    return [
        f"{word} device 0 client for package {app} (PID {4000 + at})"
        for at, app in enumerate(phone[Owner].apps[:3])
        for word in ("DISCONNECT", "CONNECT")
    ]


def focus_lines(phone: Phone) -> list[str]:
    """The holder of the audio focus, and the headset that is connected."""
    app, owner = phone[Owner].apps[1], phone[Owner]
    listener = f"android.media.AudioManager@b57a8f{app}.Player$1@7d5c2c"
    headset = f"name:{owner.headset_name} addr:{owner.headset_address}"
    return [
        "Audio Focus stack entries (last is top of stack):",
        f"  source:android.os.BinderProxy@1a2b3c -- pack: {app} -- client: {listener} -- uid: 1",
        "",
        "Connected devices:",
        f"  [DeviceInfo: type:0x80 (bt_a2dp) {headset} codec: 0]",
        "",
    ]


def cast_lines(phone: Phone) -> list[str]:
    """The screens in other rooms that the phone knows."""
    owner = phone[Owner]
    seen = f"{owner.screen_name} ({owner.screen_address}), isAvailable true, canConnect true"
    status = f"featureState=3, activeDisplay=null, displays=[{seen}, isRemembered true]"
    return ["  WifiDisplayAdapter", f"    mCurrentStatus=WifiDisplayStatus{{{status}}}"]
