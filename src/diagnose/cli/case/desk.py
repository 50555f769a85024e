"""What every `case` command needs: the casebook, who is working, and how he is asked."""

from __future__ import annotations

import getpass
import hashlib
import re
import secrets
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.naming import LAST, find, last_case, remember
from diagnose.cli.case.questions import in_words, is_interactive
from diagnose.cli.options import Function, json_option, lang_option, page_lang_option
from diagnose.cli.standard_output import settle
from diagnose.errors import CaseRefused, CommitUnknown, UnknownName, UsageError
from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.text import printable

if TYPE_CHECKING:
    from diagnose.case.record.events import Chain, Entry
    from diagnose.case.record.store import Casebook
    from diagnose.model.case import Case

_WHOLE = re.compile(r"\d{8}-[2-9A-Z]{5}")
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another over the telephone


@dataclass(frozen=True)
class Desk:
    """One command at the counter."""

    casebook: str | None
    actor: str
    as_json: bool
    lang: str
    once: str = field(default_factory=lambda: secrets.token_hex(8))
    _steps: Counter[str] = field(default_factory=Counter, init=False)

    def read(self, name: str) -> Case:
        """Read a case. Raises `UnknownName`."""
        from diagnose.case.record.reading import read_case

        return read_case(self.chain(name))

    def chain(self, name: str) -> Chain:
        """Read the chain of a case as it is. Raises `UnknownName` where there is none."""
        with self.open_casebook(signs=False) as casebook:
            chain = casebook.read(name)
            if not (chain.events or chain.head or chain.private):
                raise UnknownName("case", name, casebook.cases())
            return chain

    def chains(self) -> Iterator[Callable[[], Chain]]:
        """Every case, the newest first, each read when it is called for."""
        with self.open_casebook(signs=False) as casebook:
            for _, read in casebook.chains():
                yield read

    def open_case(self, entry: Entry) -> Case:
        """Begin a new case."""
        from diagnose.case.record.reading import read_case

        with self.open_casebook(signs=True) as casebook, self._naming_the_command():
            step = self._step("")
            if before := casebook.recorded_by(step):
                _say_recorded_before()
                return read_case(casebook.read(before))
            while (chain := casebook.read(name := _new_name())).events or chain.head:
                continue  # that name is taken

            def begin(chain: Chain) -> Sequence[Entry]:
                if chain.events:
                    raise CaseRefused("another case got the same name at this moment; try again")
                return [entry]

            chain = casebook.record(name, begin, at=_now(), actor=self.actor, once=step)
            remember(_last_file(), casebook.place, name)
            settle()
            return read_case(chain)

    def find(self, name: str | None) -> str:
        """Give the whole name of the case a word stands for; nothing said is `last`.

        Only where somebody sees which one it is: a script names its case.
        """
        if name is None and not is_interactive():
            raise UsageError("CASE is missing", hint=f"its beginning, its QR text, or {LAST}")
        if name and _WHOLE.fullmatch(name):
            return name
        with self.open_casebook(signs=False) as casebook:
            last = last_case(_last_file(), casebook.place)
            found = find(name or LAST, casebook.cases(), last)
        if found != name:
            click.echo(f"→ {found}", err=True)
        return found

    def read_open(self, name: str) -> Case:
        """Read a case for its next step. Raises `CaseRefused` where the shop has closed it."""
        from diagnose.case.rules.closing import refuse_closed

        case = self.read(name)
        refuse_closed(case)
        return case

    def record(self, name: str, decide: Callable[[Case], Sequence[Entry]]) -> Case:
        """Add what the rules say of the case as it is now."""
        return self.record_chain(name, lambda _chain, case: decide(case))

    def record_chain(self, name: str, decide: Callable[[Chain, Case], Sequence[Entry]]) -> Case:
        """Add what the rules say; for those who need the events themselves."""
        from diagnose.case.record.reading import AFTER_THE_END, read_case
        from diagnose.case.rules.closing import refuse_closed

        with self.open_casebook(signs=True) as casebook, self._naming_the_command():

            def on_chain(chain: Chain) -> Sequence[Entry]:
                if not (chain.events or chain.head or chain.private):
                    raise UnknownName("case", name, casebook.cases())
                case = read_case(chain)
                entries = decide(chain, case)
                if any(entry.kind not in AFTER_THE_END for entry in entries):
                    refuse_closed(case)
                return entries

            at, once = _now(), self._step(name)
            if casebook.recorded_by(once):
                _say_recorded_before()
            chain = casebook.record(name, on_chain, at=at, actor=self.actor, once=once)
            remember(_last_file(), casebook.place, name)
            _say_if_key_changed(chain)
            settle()
            return read_case(chain)

    def record_together(
        self, names: Sequence[str], decide: Callable[[Chain, Case], Sequence[Entry]]
    ) -> list[Case]:
        """Add what the rules say of each of these cases, of all or of none; see `Casebook`."""
        from diagnose.case.record.reading import read_case

        keys = {name: self._step(name) for name in names}
        with self.open_casebook(signs=True) as casebook, self._naming_the_command():
            chains = casebook.record_together(
                keys, lambda chain: decide(chain, read_case(chain)), at=_now(), actor=self.actor
            )
        settle()
        return [read_case(chain) for chain in chains]

    def _step(self, case: str) -> str:
        """The key of the next thing that this command records of a case; the same every time."""
        self._steps[case] += 1
        seed = f"{self.once}\0{case}\0{self._steps[case]}"
        return hashlib.sha256(seed.encode()).hexdigest()

    @contextmanager
    def _naming_the_command(self) -> Iterator[None]:
        """Where nobody knows whether it was recorded, say how to send it again without doubling."""
        try:
            yield
        except CommitUnknown as problem:
            problem.hint += f"; or give the same command again with --once {self.once}"
            raise

    def now(self) -> datetime:
        """Read the clock of this computer."""
        return _now()

    @contextmanager
    def open_casebook(self, *, signs: bool) -> Iterator[Casebook]:
        """Open the casebook for several steps."""
        from diagnose.case.record.store import Casebook
        from diagnose.case.record.tables import CasebookWarning
        from diagnose.station.signing import station_key

        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always", CasebookWarning)
            casebook = Casebook.open(self.casebook, station_key() if signs else None)
        for word in warned:
            click.echo(f"note: {printable(str(word.message), 400)}", err=True)
        with casebook:
            yield casebook


def _say_recorded_before() -> None:
    note = "this command was recorded before under the same key; nothing was recorded again"
    click.echo(f"note: {note}", err=True)


def _say_if_key_changed(chain: Chain) -> None:
    """A station that signs with another key than before says so: it may have been restored."""
    keys = [event.key for event in chain.events]
    if len(keys) > 1 and keys[-1] != keys[-2]:
        from diagnose.station.signing import key_id

        click.echo(
            f"note: this case was signed with the key {key_id(keys[-2])} until now, this station"
            f" has {key_id(keys[-1])}; trust the old one with case verify --trust {keys[-2]}",
            err=True,
        )


def desk_options(function: Function) -> Function:
    """Add the options of every `case` command; they arrive together as `desk`."""
    return _with_desk(function, lang_option)


def page_desk_options(function: Function) -> Function:
    """Add them to a command that writes pages: `--lang both` makes pages in two languages."""
    return _with_desk(function, page_lang_option)


def _with_desk(function: Function, add_lang: Callable[[Function], Function]) -> Function:
    def with_desk(
        *args: Any,
        casebook: str | None,
        actor: str,
        as_json: bool,
        lang: str,
        once: str | None,
        **options: Any,
    ) -> Any:
        key = {"once": once} if once else {}
        desk = Desk(casebook, actor, as_json=as_json, lang=lang, **key)
        if "case_named" in options:
            named = options.pop("case_named")
            options["name"] = ALL if named == ALL else desk.find(named)
        return function(*args, desk=desk, **options)

    with_desk.__doc__ = function.__doc__
    wrapped: Any = with_desk
    for add in (_casebook_option, _actor_option, _once_option, json_option, add_lang):
        wrapped = add(wrapped)
    wrapped.__click_params__ = [
        *getattr(function, "__click_params__", ()),
        *wrapped.__click_params__,
    ]
    return wrapped  # type: ignore[no-any-return]


def case_argument(function: Function) -> Function:
    """Add CASE; it arrives as the whole `name`, however it was written."""
    return click.argument("case_named", metavar="CASE")(function)


def this_case_argument(function: Function) -> Function:
    """Add CASE to a step of the usual way: left out on a terminal, it is the one worked on last."""
    return click.argument("case_named", metavar="[CASE]", required=False)(function)


ALL = "*"
"""What stands for every case where none is named."""


def case_or_all_argument(function: Function) -> Function:
    """Add CASE to a step that looks at the whole casebook where it is left out."""
    return click.argument("case_named", metavar="[CASE]", default=ALL)(function)


_casebook_option = click.option(
    "--casebook",
    metavar="FILE|URL",
    help="A SQLite file or postgresql://… (default: as set by `diagnose config`).",
)


_once_option = click.option(
    "--once",
    metavar="KEY",
    help="An idempotency key: a command repeated with the same key records nothing twice.",
)


unproven_option = click.option(
    "--unproven", is_flag=True, help="Take a report that has no capture; the record says so."
)


def _default_actor() -> str:
    from diagnose.station.settings import settings

    return settings().engineer or getpass.getuser()


_actor_option = click.option(
    "--engineer",
    "actor",
    default=_default_actor,
    help="Who does this (default: as set by `diagnose config`, else the user).",
)


def ask(value: Any, question: str | Text, *, option: str, type_: Any = None) -> Any:
    """Give the value; ask for it where there is none and somebody is there to answer."""
    if value is not None:
        return value
    if not is_interactive():
        raise UsageError(f"{option} is missing", hint="give it, or run on a terminal to be asked")
    return click.prompt(in_words(question), type=type_, err=True)


def confirm(question: str | Text, *, given: bool, option: str) -> None:
    """Go on only where it was said so. Raises `UsageError` where nobody can be asked."""
    if given:
        return
    if not is_interactive():
        raise UsageError(f"{option} is missing", hint="it is asked for on a terminal")
    click.confirm(in_words(question), abort=True, err=True)


def pairs(given: Sequence[str], *, option: str) -> dict[str, str]:
    """Read CODE=VALUE words."""
    found = dict(word.split("=", 1) for word in given if "=" in word)
    if len(found) != len(given):
        raise UsageError(f"{option} is written CODE=VALUE, once for each code")
    return found


def _now() -> datetime:
    """The clock of this computer, with its own offset: a record says what the clock showed."""
    return datetime.now().astimezone()


def _last_file() -> Path:
    from diagnose.case.record.place import data_folder

    return data_folder() / "last-case.json"


def _new_name() -> str:
    """A name that can be read out: the day, and five letters nobody guesses or mixes up."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(5))
    return f"{datetime.now().astimezone():%Y%m%d}-{letters}"
