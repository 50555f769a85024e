"""What is put off is there as soon as somebody uses it."""

from __future__ import annotations

import subprocess
import sys

import pytest

_USES = [
    "from importlib.metadata import entry_points; assert list(entry_points())",
    "import importlib.metadata as m; assert m.version('click')",
    "from importlib.metadata import version; assert version('click')",
    "import importlib.metadata._text",
    "import asyncio; asyncio.run(asyncio.sleep(0))",
    "from asyncio import iscoroutine, Queue; assert not iscoroutine(Queue)",
    "import urllib.request; assert urllib.request.Request('http://a').host == 'a'",
    "from urllib.request import Request; assert Request('http://a').host == 'a'",
]


@pytest.mark.parametrize("use", _USES)
def test_a_use_loads_it(use: str) -> None:
    code = f"import diagnose.cli.later as later; later.load_seldom_used_later(); {use}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_run_uses_none_of_them() -> None:
    code = (
        "import sys, diagnose.cli; import pydantic, segno, sqlalchemy;"
        "type('M', (pydantic.BaseModel,), {'__annotations__': {'x': int}})(x=1);"
        "assert 'email' not in sys.modules and 'ssl' not in sys.modules;"
        "assert 'asyncio.events' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
