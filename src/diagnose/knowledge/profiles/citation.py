"""The forms in which a profile cites a source, and how each is said in Chinese.

A profile names its page in one line; the names in it stay as they are, the words around them have
their Chinese here. A line of another form is shown as it was written.
"""

from __future__ import annotations

import re

from diagnose.model.text import Text

_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(.*?)([\w.]+): specifications of (.+)"), r"\1\2：\3 规格"),
    (
        re.compile(r'(\S+): "(.+?)": at least 80 % after about ([\d,]+) charge cycles'),
        r"\1：“\2”：约 \3 次循环后容量不低于 80%",
    ),
    (
        re.compile(r"EPREL, EU energy label: .*, ([\d,]+) cycles to 80 % \(list of (.+), (.+)\)"),
        r"欧盟能效标签 EPREL：厂商声明 \1 次循环后容量为 80%（\2 列表，\3）",
    ),
    (re.compile(r"(.+?) \(Pixel phone hardware tech specs\)(.*)"), r"\1（Pixel 手机硬件规格）\2"),
)


def cited(line: str) -> Text:
    """A source of a profile with its Chinese."""
    chinese = line
    for form, wording in _FORMS:
        chinese = form.sub(wording, chinese) if form.fullmatch(chinese) else chinese
    return Text(line, chinese if chinese != line else "")
