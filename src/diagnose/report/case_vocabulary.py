"""Words for the codes of a case: consent, change, check and acceptance, in both languages."""

from __future__ import annotations

from diagnose.model.acceptance import Origin
from diagnose.model.consent import Choice, Method
from diagnose.model.text import Text
from diagnose.model.verification import PartState, Verdict

CHOICES: dict[Choice, Text] = {
    Choice.ACCEPT: Text("The customer agreed to everything", "客户同意全部项目"),
    Choice.PARTIAL: Text("The customer agreed to a part", "客户同意部分项目"),
    Choice.REFUSE: Text("The customer declined the repair", "客户不同意维修"),
    Choice.ACKNOWLEDGE: Text(
        "The customer knows that nothing is to be repaired", "客户已知悉无需维修"
    ),
}

METHODS: dict[Method, Text] = {
    Method.SIGNATURE: Text("signature", "签名"),
    Method.PIN_PAD: Text("PIN pad", "密码键盘"),
    Method.ORAL: Text("by word of mouth", "口头"),
    Method.PAPER: Text("signed on paper, scanned", "纸质签名（已扫描）"),
}

CHECK_VERDICTS: dict[Verdict, Text] = {
    Verdict.SOLVED: Text("The complaint is solved", "送修问题已解决"),
    Verdict.NOT_SOLVED: Text("The complaint is not solved", "送修问题未解决"),
    Verdict.NOT_PROVEN: Text(
        "It is not proven that the complaint is solved", "尚不能证明问题已解决"
    ),
}

PART_STATES: dict[PartState, Text] = {
    PartState.CHANGED: Text("another part than before", "与之前不是同一配件"),
    PartState.SAME: Text("the same part as before", "与之前是同一配件"),
    PartState.SAME_TYPE: Text(
        "same type; single units cannot be told apart", "型号相同；无法区分具体个体"
    ),
    PartState.UNKNOWN: Text("cannot be told", "无法判断"),
}

ORIGINS: dict[Origin, Text] = {
    Origin.COMPLAINT: Text("the complaint", "送修问题"),
    Origin.WORK: Text("the work done", "维修项目"),
    Origin.GENERAL: Text("general", "常规"),
}
