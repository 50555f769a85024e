"""Words beside their owner: every text of a probe has one Chinese wording, whoever says it."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping

from diagnose.knowledge.probes import load_probes
from diagnose.model.text import Text


def texts_in(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif dataclasses.is_dataclass(value) or hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts_in(getattr(value, name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)


def test_an_english_text_has_one_chinese_wording() -> None:
    """A report carries one table from English to Chinese: a second wording would be lost in it."""
    wordings = defaultdict(set)
    for loaded in load_probes().values():
        for text in [*texts_in(loaded.probe), loaded.area_title]:
            if text.zh:
                wordings[text.en].add(text.zh)
    assert len(wordings) > 800
    assert {en: zh for en, zh in wordings.items() if len(zh) > 1} == {}
