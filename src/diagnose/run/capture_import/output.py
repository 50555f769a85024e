"""Something that was captured, and what became of it."""

from __future__ import annotations

from enum import StrEnum

from diagnose.model.plain import dataclass
from diagnose.model.replies import ReplyStatus


@dataclass(frozen=True)
class CapturedOutput:
    """What one command printed: `where` it was found (file or section) and the command's `words`.

    No words: nobody knows what printed it. `data` is empty where it was not worth keeping, and
    `size` what it took there, in bytes.
    """

    where: str
    words: tuple[str, ...]
    data: bytes = b""
    stderr: bytes = b""
    status: ReplyStatus = ReplyStatus.COMPLETE
    exit_code: int | None = None
    detail: str = ""
    size: int = 0


class Use(StrEnum):
    """What became of an output."""

    USED = "used"
    UNASKED = "unasked"  # known, but no request of the plan asks for it, or asks for it again
    UNKNOWN = "unknown"  # nobody can say which request it answers


@dataclass(frozen=True)
class Told:
    """One line of the account of an import: an output, its use, and the requests it answered."""

    where: str
    use: Use
    requests: tuple[str, ...] = ()
    why: str = ""
