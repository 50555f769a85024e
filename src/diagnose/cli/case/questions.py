"""What the engineer is asked on a terminal, in the language of the command."""

from __future__ import annotations

from typing import Final

import click

from diagnose.model.text import Text
from diagnose.station.language import default_language

_CHINESE: Final = {
    "Accessories, with commas": "随机附件，用逗号分隔",
    "Customer's name": "客户姓名",
    "Customer's phone number": "客户电话",
    "Does the customer say that it is solved?": "客户是否认为问题已解决？",
    "File with the strokes": "签名笔迹文件",
    "Has he saved his data?": "客户是否已备份数据？",
    "How does the customer say so?": "客户以何种方式确认？",
    "Number of the pad's receipt": "密码键盘回执号",
    "Record this decision?": "记录此决定？",
    "Shop": "门店",
    "Symptom codes, with commas (diagnose symptoms list)": (
        "故障现象代码，用逗号分隔（见 diagnose symptoms list）"
    ),
    "The check says NOT solved. Was he told, and says that it is solved all the same?": (
        "复检结论为未解决。是否已告知客户，而客户仍确认已解决？"
    ),
    "The folder to write to": "写入的文件夹",
    "The report's folder": "检测报告所在文件夹",
    "What can be seen on the phone, with commas": "外观可见情况，用逗号分隔",
    "What does the customer say?": "客户怎么描述故障？",
    "Which phone number?": "电话号码是？",
    "Was maintenance or repair mode recommended to him?": "是否已建议客户开启维修模式？",
    "Who is it?": "确认人是谁？",
    "Why is it closed?": "结案原因是？",
    "Why was the phone not checked after the repair?": "维修后未复检的原因是？",
    "Why?": "原因是？",
}


def in_words(question: str | Text) -> str:
    """Say a question in the language of the command; one we have no Chinese for stays English."""
    context = click.get_current_context(silent=True)
    lang = (context.params.get("lang") if context else None) or default_language()
    said = question if isinstance(question, Text) else Text(question, _CHINESE.get(question, ""))
    return said.zh if lang == "zh-CN" and said.zh else said.en
