"""Boot reasons, `/proc/uptime` and `dumpsys dropbox`."""

from __future__ import annotations

from datetime import timedelta

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FileBody, Words, answers, files, properties
from diagnose.simulator.state.identity import SimulatedIdentity, Skin
from diagnose.simulator.state.stability import Stability


@properties
def boot_reason_properties(phone: Phone) -> dict[str, str]:
    """Android's reason, the boot loader's, and since Android 10 the last four starts."""
    stability, who = phone[Stability], phone[SimulatedIdentity]
    values = {
        "ro.boot.bootreason": stability.loader_reason,
        "ro.bootmode": "unknown",
        "sys.boot.reason": stability.system_reason,
        "sys.boot.reason.last": stability.system_reason,
        "persist.sys.boot.reason": "",
    }
    if stability.keeps_history:
        values["persist.sys.boot.reason.history"] = "\n".join(
            f"{reason},{int((phone.now - timedelta(days=days)).timestamp())}"
            for reason, days in stability.history[:4]
        )
    else:
        values |= {"persist.sys.boot.reason": stability.system_reason}
        values.pop("sys.boot.reason.last")
    if who.skin in (Skin.EMUI, Skin.HARMONY):
        values |= {
            "persist.sys.powerup_reason": "NORMAL",
            "ro.sys.powerup_reason": "NORMAL",
        }
    if who.platform.startswith("mt"):
        values["persist.vendor.aeev.boot.reason.status"] = "done"
    return values


@files
def stability_files(phone: Phone) -> dict[str, FileBody]:
    """Time since the start and the idle time of all cores."""
    seconds = phone[Stability].uptime_h * 3600
    return {"/proc/uptime": f"{seconds:.2f} {seconds * 5.6:.2f}\n"}


@answers("dumpsys dropbox")
def dropbox(phone: Phone, _words: Words) -> Output:
    """The list of reports, oldest first, each with the head of its text."""
    entries = _entries(phone)
    lines = [f"Drop box contents: {len(entries)} entries"]
    if phone[SimulatedIdentity].sdk >= 28:
        lines += ["Max entries: 1000", "Low priority rate limit period: 2000 ms"]
        lines.append("Low priority tags: {data_app_wtf, keymaster, system_server_wtf, netstats}")
    body = [line for entry in entries for line in entry]
    return say("\n".join([*lines, "", *(body or ["(No entries found.)"])]) + "\n")


def _entries(phone: Phone) -> list[tuple[str, str]]:
    stability = phone[Stability]
    reports = [(tag, name) for tag, name, count in stability.reports for _ in range(count)]
    # spread over the kept days in an order that mixes the kinds
    reports.sort(key=lambda report: hash_of(report[0] + report[1]) % 7)
    step = timedelta(days=stability.reports_span_d) / max(1, len(reports))
    newest = phone.clock - timedelta(minutes=3)
    return [
        _entry(phone, tag, name, f"{newest - step * (len(reports) - 1 - at):%Y-%m-%d %H:%M:%S}")
        for at, (tag, name) in enumerate(reports)
    ]


def _entry(phone: Phone, tag: str, process: str, at: str) -> tuple[str, str]:
    size = 400 + hash_of(tag + process) % 5000
    kind = "compressed text" if size > 1024 else "text"
    if process:
        head = f"Process: {process}/PID: {1000 + size}/UID: 10{size % 1000:03d}/Flags: 0x30c8be44"
    else:
        head = f"isPrevious: true/Build: {phone[SimulatedIdentity].fingerprint}"
    return f"{at} {tag} ({kind}, {size} bytes)", f"    {head[:70]} ..."


def hash_of(words: str) -> int:
    """A number that is the same in every run."""
    return sum(at * ord(letter) for at, letter in enumerate(words, 1))
