"""Templates compiled once for all runs: at every start that would take longer than drawing a page.

The key is the digest of the template; Jinja's own mark (its version and Python's) stands in the
bytes, and what does not bear it is compiled anew.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from diagnose.cache import cache_folder, keep, read_kept


class CompiledTemplates(BytecodeCache):
    """Keeps them in this user's cache; where that cannot be, they are compiled as ever."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept under this key, where it is ours and whole."""
        if path := _path(bucket):
            with suppress(OSError, ValueError, EOFError, TypeError):
                bucket.bytecode_from_string(read_kept(path))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if path := _path(bucket):
            with suppress(OSError):
                keep(path, bucket.bytecode_to_string())


def _path(bucket: Bucket) -> Path | None:
    folder = cache_folder("templates")
    return folder / f"{bucket.key}-{bucket.checksum}.jinja" if folder else None
