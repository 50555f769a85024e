"""Settings, the clock, added apps, and apps that drain the battery."""

from __future__ import annotations

import time
from datetime import timedelta

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.services.owner import app_names
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.software import Software


@answers(
    "settings get global window_animation_scale",
    "settings get global transition_animation_scale",
    "settings get global animator_duration_scale",
    "settings get global auto_time",
    "settings get global development_settings_enabled",
    "settings get global always_finish_activities",
    "settings get global low_power",
)
def setting(phone: Phone, words: Words) -> Output:
    """One setting; what was never set is `null`."""
    return say(f"{getattr(phone[Software], words[-1]) or 'null'}\n")


@answers("settings get secure enabled_accessibility_services")
def accessibility(phone: Phone, _words: Words) -> Output:
    """The components that are switched on, joined by colons."""
    return say((":".join(phone[Software].accessibility_services) or "null") + "\n")


@answers("date +%s")
def epoch(phone: Phone, _words: Words) -> Output:
    """The phone's clock, which runs on while the virtual phone lives."""
    running = timedelta(seconds=time.monotonic() - phone[Software].built_at)
    return say(f"{int((phone.clock + running).timestamp())}\n")


@answers("pm list packages -3 -i", "cmd package list packages -3 -i")
def packages(phone: Phone, _words: Words) -> Output:
    """Added apps with their installers."""
    installers = [name for name, count in phone[Software].apps.items() for _ in range(count)]
    names = app_names(phone, len(installers))
    lines = [
        f"package:{app}  installer={installer}\n"
        for app, installer in zip(names, installers, strict=True)
    ]
    return say("".join(lines))


@answers("dumpsys deviceidle")
def deviceidle(phone: Phone, _words: Words) -> Output:
    """Sleep settings and the apps that are let out of them."""
    apps = [f"    {name}" for name in app_names(phone, phone[Software].unrestricted_apps)]
    lines = [
        "  Settings:",
        "    light_after_inactive_to=+4m0s0ms",
        "    inactive_to=+30m0s0ms",
        "    idle_to=+1h0m0s0ms",
        "  Whitelist (except idle) system apps:",
        "    com.android.providers.calendar",
        "    com.android.shell",
        "  Whitelist system apps:",
        "    com.android.shell",
        *(["  Whitelist user apps:", *apps] if apps else []),
        "  Whitelist (except idle) all app ids:",
        "    2000",
        "  mLightEnabled=true  mDeepEnabled=true",
        "  mForceIdle=false",
        "  mScreenOn=true",
        "  mCharging=true",
        "  mState=ACTIVE mLightState=ACTIVE",
    ]
    return say("\n".join(lines) + "\n")


def power_use_lines(phone: Phone, capacity_mah: int) -> list[str]:
    """The section `Estimated power use (mAh)` of `dumpsys batterystats`.

    Android 12 gave it another layout.
    """
    software, sdk = phone[Software], phone[SimulatedIdentity].sdk
    drained = software.drained_mah
    actual = f"{0.9 * drained:.0f}-{1.1 * drained:.0f}"
    head = [
        "  Estimated power use (mAh):",
        f"    Capacity: {capacity_mah}, Computed drain: {drained:.4g}, actual drain: {actual}",
    ]
    apps = list(enumerate(software.app_mah, 112))
    if sdk < 31:
        return [
            *head,
            f"    Screen: {software.screen_mah:.4g} Excluded from smearing",
            f"    Idle: {software.idle_mah:.4g} Excluded from smearing",
            "    Uid 1000: 21.4 ( cpu=20.9 wake=0.5 ) Excluded from smearing",
            *(f"    Uid u0a{uid}: {mah:.4g} ( cpu={0.8 * mah:.4g} )" for uid, mah in apps),
            "",
        ]
    return [
        *head,
        "    Global",
        f"      screen: {software.screen_mah:.4g} apps: {software.screen_mah:.4g}",
        f"      idle: {software.idle_mah:.4g} apps: 0 duration: 19h 2m 4s 10ms",
        "    UID 1000: 21.4 fg: 0 (1h 2m) bg: 21.4 ( cpu=20.9 wakelock=0.5 )",
        *(f"  UID u0a{u}: {m:.4g} fg: {m / 2:.4g} ( cpu={0.8 * m:.4g} )" for u, m in apps),
        "",
    ]
