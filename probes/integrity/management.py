"""Whether an organisation owns the phone: then the person at the counter may not decide alone."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import flag, line_of
from diagnose.requests import adb

# Android 11 renamed it. `dumpsys device_policy` says more, and names the organisation: not asked.
STATED = ("ro.organization_owned", "ro.device_owner")


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    properties = answers.properties
    stated = {name: value for name in STATED if (value := flag(properties, name)) is not None}
    if not stated:
        yield answers.unread("organisation", adb.GETPROP)
        return
    name = next((name for name, value in stated.items() if value), next(iter(stated)))
    raw = line_of(properties, name)
    yield answers.measure("organisation", stated[name], adb.GETPROP, raw=raw)


PROBE = sdk.Probe(
    id="integrity.management",
    title=sdk.Text("Owner of the phone", "设备归属"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the system states that a company or school owns this phone.",
            "系统是否声明该机归单位或学校所有。",
        ),
        meaning=sdk.Text(
            "An organisation can lock such a phone, erase it, and must agree to a repair. A phone "
            "that only has a work profile counts as the person's own.",
            "单位可锁定或清除此类手机，维修须经其同意；仅有工作资料的手机仍属个人。",
        ),
        consequence=sdk.Text(
            "After an erasure or a new board it asks for the organisation's account again.",
            "清除数据或更换主板后，仍需单位账号才能使用。",
        ),
        action=sdk.Text(
            "Ask for the organisation's consent before data are erased or a board is replaced.",
            "清除数据或更换主板前，请先取得该单位同意。",
        ),
    ),
    requests=(adb.GETPROP,),
    measures={
        "organisation": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Owned by an organisation", "归单位所有"),
            criterion=sdk.OneOf(
                good=(False,),
                attention=(True,),
                source=sdk.Source(
                    text=sdk.Text(
                        "Android: the system sets it where a device owner manages the whole phone",
                        "Android：由设备所有者管理整机时系统设置此项",
                    ),
                    basis=sdk.Basis.VENDOR,
                ),
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "An organisation owns or manages this phone.", "该机由单位拥有或管理。"
                )
            },
            advice=sdk.Text("Ask the organisation before the repair.", "维修前请征得该单位同意。"),
        )
    },
    interpret=interpret,
)
