"""Read-only data volume."""

from __future__ import annotations

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.testing import denied, interpret_probe, measurement

WRITABLE = "/dev/block/dm-8 /data f2fs rw,nosuid,errors=remount-ro 0 0\n"
SYSTEM = "/dev/block/dm-0 / ext4 ro,seclabel 0 0\n"


def test_writable_volume_passes() -> None:
    result = interpret_probe("storage.filesystem", {"cat /proc/mounts": SYSTEM + WRITABLE})
    assert result.outcome is Outcome.PASS
    assert measurement(result, "data_type").value == "f2fs"


def test_read_only_volume_raises_attention() -> None:
    broken = SYSTEM + WRITABLE.replace(" rw,", " ro,")
    result = interpret_probe("storage.filesystem", {"cat /proc/mounts": broken})
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "data_writable").evidence[0].line == 2


def test_mount_answers_where_the_file_is_refused() -> None:
    answers: dict[str, str | bytes | Reply] = {
        "cat /proc/mounts": denied("cat /proc/mounts"),
        "mount": "/dev/block/sda5 on /data type ext4 (rw,seclabel)\n",
    }
    assert interpret_probe("storage.filesystem", answers).outcome is Outcome.PASS


def test_phone_without_a_data_mount_is_not_judged() -> None:
    result = interpret_probe("storage.filesystem", {"cat /proc/mounts": SYSTEM})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)
