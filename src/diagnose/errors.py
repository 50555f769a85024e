"""Every error of `diagnose`, with its code, hint and exit status.

DiagnoseError
  UsageError 2            UnknownName  NoSuchFile  AppInvalid  CaseRefused  KeyRefused
                          SecretMissing  FolderBusy
  CatalogError 3          ProfileInvalid  ProfileAmbiguous  PlanInvalid  ProbeInvalid
                          CaptureInvalid  CasebookInvalid  FaultInvalid  SymptomInvalid
                          ActionInvalid  PriceBookInvalid  MappingInvalid
  TransportError 4        ServerUnavailable  DeviceNotFound  DeviceNotReady  SeveralDevices(2)
                          DeviceBusy  DeviceLost  ProtocolError
  OutputError 5           the report could not be written whole  CasebookUnavailable  CommitUnknown
    CasebookBusy 6        nothing was recorded: try again
                          OutboxFull
WorkerLost 5              a process of ours was killed: its phones are not examined
Interrupted 130           a signal ended the command before there was anything to write
InternalError 70          a bug in this program
ReplyError                belongs to one probe, becomes its result, never ends a run
  ParseError
Signal                    said by a probe; not an error
  NotApplicable  NotRun: Declined (the phone said no)  Unheard (we did not hear it)
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_NAMED = 3
_MOST_KNOWN = 20


class DiagnoseError(Exception):
    """An error a person must act on: one plain line, a hint, an exit status of the contract.

    `hint_zh` is the hint in Chinese where it stands beside the English one in a table of ours.
    """

    code = "error"
    exit_status = 2

    def __init__(self, message: str, *, hint: str = "", hint_zh: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.hint_zh = hint_zh

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as it is, however its kind is made."""
        return _as_it_was, (type(self), self.args, self.__dict__)


def _as_it_was(
    kind: type[DiagnoseError], args: tuple[object, ...], fields: dict[str, object]
) -> DiagnoseError:
    problem = kind.__new__(kind)
    problem.args = args
    problem.__dict__.update(fields)
    return problem


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Name what was perhaps meant; else what is known, and nothing where that is nothing."""
    names = sorted(known)
    near = nearest(name, names) or [one for one in names if name and name in one][:_MOST_NAMED]
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"known: {', '.join(names[:_MOST_KNOWN])}" if names else ""


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Give at most three names spelled almost like this one, whatever their case; nearest first."""
    from difflib import get_close_matches  # only after a mistake

    folded = {_folded(one): one for one in known}
    return [folded[one] for one in get_close_matches(_folded(name), folded, n=_MOST_NAMED)]


def _folded(name: str) -> str:
    return name.casefold().replace("_", " ").replace("-", " ")


class UsageError(DiagnoseError):
    """The command line asks for something that does not exist or does not fit together."""

    code = "usage"


class UnknownName(UsageError):
    """A probe, plan, phone, fault or other name that nothing here carries."""

    code = "unknown_name"

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no {kind} is called {name!r}", hint=did_you_mean(name, known))
        self.kind = kind
        self.name = name


class NoSuchFile(UsageError):
    """A file or folder named on the command line is not there or cannot be read."""

    code = "no_such_file"


class AppInvalid(UsageError):
    """An app file or a file of an app's requirements that cannot be understood, or is unsafe."""

    code = "app_invalid"


class CaseRefused(UsageError):
    """A step of a repair case that its rules do not allow: no consent, above the ceiling, …."""

    code = "case_refused"


class KeyRefused(UsageError):
    """The station's key cannot be used: others can read it, or it is not one."""

    code = "key_refused"


class SecretMissing(UsageError):
    """A ticket system needs a secret that is neither in the environment nor in the keyring."""

    code = "secret_missing"

    def __init__(self, system: str, secret: str, *, hint: str) -> None:
        super().__init__(f"the secret {secret} of the ticket system {system} is not set", hint=hint)
        self.system = system
        self.secret = secret


class FolderBusy(UsageError):
    """Another run is writing to the same folder."""

    code = "folder_busy"


class CatalogError(DiagnoseError):
    """A probe, profile, plan or capture file is not valid."""

    code = "catalog"
    exit_status = 3


class ProfileInvalid(CatalogError):
    """A profile file breaks its schema or names a key that no probe declares."""

    code = "profile_invalid"


class ProfileAmbiguous(CatalogError):
    """Two profiles match one phone equally well."""

    code = "profile_ambiguous"


class PlanInvalid(CatalogError):
    """A plan file breaks its schema or selects nothing."""

    code = "plan_invalid"


class ProbeInvalid(CatalogError):
    """A probe file cannot be loaded or breaks a rule of the catalogue."""

    code = "probe_invalid"


class CaptureInvalid(CatalogError):
    """A capture file is not one, is cut off, or was changed."""

    code = "capture_invalid"


class CasebookInvalid(CatalogError):
    """The record of a case was changed, or is not one."""

    code = "casebook_invalid"


class FaultInvalid(CatalogError):
    """Fault knowledge (`faults.toml`) breaks its schema or names something that is not there."""

    code = "fault_invalid"


class SymptomInvalid(CatalogError):
    """The symptom catalogue breaks its schema."""

    code = "symptom_invalid"


class ActionInvalid(CatalogError):
    """The catalogue of repair actions breaks its schema."""

    code = "action_invalid"


class PriceBookInvalid(CatalogError):
    """A shop's price book breaks its schema or names something that is not there."""

    code = "price_book_invalid"


class MappingInvalid(CatalogError):
    """A mapping of a ticket system breaks its schema or names something that is not there."""

    code = "mapping_invalid"


class TransportError(DiagnoseError):
    """The phone could not be reached."""

    code = "transport"
    exit_status = 4


class ServerUnavailable(TransportError):
    """No adb server answers and none could be started."""

    code = "server_unavailable"


class DeviceNotFound(TransportError):
    """No such phone is plugged in."""

    code = "device_not_found"


class DeviceNotReady(TransportError):
    """The phone is there but does not let us in: unauthorized, offline, recovery."""

    code = "device_not_ready"


class DeviceBusy(TransportError):
    """Another run holds the phone."""

    code = "device_busy"


class SeveralDevices(TransportError):
    """More than one phone, and none was named."""

    code = "several_devices"
    exit_status = 2


class DeviceLost(TransportError):
    """The phone went away while it was being read."""

    code = "device_lost"


class ProtocolError(TransportError):
    """The other side does not speak the protocol it should."""

    code = "protocol"


class OutputError(DiagnoseError):
    """A report or capture could not be written whole (disk full, no permission)."""

    code = "output"
    exit_status = 5


class WorkerLost(DiagnoseError):
    """A worker process was killed: what it had in hand is not examined, and nothing of it stays."""

    code = "worker_lost"
    exit_status = 5


class Interrupted(DiagnoseError):
    """Ctrl-C, SIGTERM or SIGHUP before there was anything to write."""

    code = "interrupted"
    exit_status = 130


class InternalError(DiagnoseError):
    """A bug in this program."""

    code = "internal"
    exit_status = 70


class CasebookUnavailable(OutputError):
    """The casebook cannot be opened or written; nothing half was recorded."""

    code = "casebook_unavailable"


class OutboxFull(OutputError):
    """The outbox of tickets holds as much as it may; nothing was dropped."""

    code = "outbox_full"


class CasebookBusy(CasebookUnavailable):
    """Another program holds the casebook; nothing was recorded, and the same command may do it."""

    code = "casebook_busy"
    exit_status = 6


class CommitUnknown(CasebookUnavailable):
    """The casebook fell silent while it recorded: it may be recorded."""

    code = "commit_unknown"


class ReplyError(Exception):
    """A reply that cannot be used; belongs to its probes, never ends a run."""


class ParseError(ReplyError):
    """A reply does not have the form its parser knows.

    `line` is the 1-based line of the reply where it stopped, 0 where none can be named.
    """

    def __init__(self, message: str, *, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class Reason(StrEnum):
    """Why something was not run or not read (names of the contract)."""

    DEPENDENCY = "dependency"  # something it needs was not asked or not answered
    PERMISSION = "permission"  # our policy or the operator did not allow the request
    DENIED = "denied"  # the phone refused it
    UNSUPPORTED = "unsupported"  # the phone does not have the source
    CONSENT = "consent"
    CANCELLED = "cancelled"
    TIMEOUT = "timeout"
    DEVICE_LOST = "device_lost"


class Signal(Exception):
    """What a probe says instead of measurements."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotApplicable(Signal):
    """The phone has no such part; never for "could not be read"."""


class NotRun(Signal):
    """The value could not be read; `reason` says why."""

    def __init__(self, reason: Reason, message: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class Declined(NotRun):
    """The phone itself said no. Only this may be evidence of anything.

    `is_absent`: it said that there is no such thing (`Can't find service`), not that it keeps it
    from us or cannot do it now.
    """

    def __init__(self, reason: Reason, message: str = "", *, is_absent: bool = False) -> None:
        super().__init__(reason, message)
        self.is_absent = is_absent


class Unheard(NotRun):
    """No whole answer reached us: lost, late, cut, stopped or never asked.

    It says nothing of the phone, whatever the phone had begun to say.
    """
