"""Why an attempt to deliver ended without success, and what may be done next.

AttemptFailed             tried again on the schedule
  Unreached               nobody was there: nothing happened, and the schedule is not used up
    Untrusted             the certificate does not hold; nothing was sent
  Uncertain               it may have happened: search before it is sent again
  Throttled               not now: the whole system waits
  Denied                  the credentials do not do: the whole system waits
  Conflict                somebody else changed it at the same moment
  Refused                 never as it is: a dead letter
    TooLarge              an attachment is larger than the system takes
    Gone                  the address is no more (410)
    NotKept               the system took it and dropped a part
LeaseLost                 another worker took over; this one says nothing more
"""

from __future__ import annotations

from diagnose.model.text import Text


class AttemptFailed(Exception):
    """An attempt that did not succeed.

    `reached`: the system answered or may have. `final`: trying again as it is has no use.
    `halts`: every delivery to this system would end the same way. `wait_s`: the system said when.
    """

    outcome = "failed"
    reached = True
    final = False
    halts = False

    def __init__(self, detail: Text, *, wait_s: float | None = None, status: int = 0) -> None:
        super().__init__(detail.en)
        self.detail = detail
        self.wait_s = wait_s
        self.status = status


class Unreached(AttemptFailed):
    """No connection: the address, the network or the server is not there."""

    outcome = "unreached"
    reached = False
    halts = True


class Untrusted(Unreached):
    """The certificate of the server is not one this computer trusts."""

    outcome = "untrusted"


class Uncertain(AttemptFailed):
    """No answer, or none that says what happened."""

    outcome = "uncertain"


class Throttled(AttemptFailed):
    """The system asks to be left alone for a while; the request was not carried out."""

    outcome = "throttled"
    reached = False
    halts = True


class Denied(AttemptFailed):
    """401 or 403."""

    outcome = "denied"
    halts = True


class Conflict(AttemptFailed):
    """409, 412 or 423: nothing was changed, and a moment later it may work."""

    outcome = "conflict"


class Refused(AttemptFailed):
    """The system understood and said no."""

    outcome = "refused"
    final = True


class TooLarge(Refused):
    """413, or what the system says instead of it."""

    outcome = "too_large"


class Gone(Refused):
    """410: whoever listens there wants nothing any more."""

    outcome = "gone"


class NotKept(Refused):
    """What was read back is not what was sent."""

    outcome = "not_kept"


class LeaseLost(Exception):
    """The time to deliver ran out, and another worker may have begun."""
