"""The modem on a pseudo terminal: real drivers, a real `/dev/pts/N`, no hardware. POSIX only."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

from diagnose.simulator.serial.modem import SimulatedModem

_MOST = 4096


class PtyPort:
    """Serves one modem; `name` is what a serial program opens."""

    def __init__(self, modem: SimulatedModem) -> None:
        self.modem = modem
        self.name = ""
        self._ends: tuple[int, int] | None = None
        self._thread = threading.Thread(target=self._serve, name="virtual-modem", daemon=True)

    @property
    def reached_by(self) -> tuple[str, str]:
        """Its name, and the command with which other programs reach it."""
        return self.name, f"python -m serial.tools.miniterm {self.name} 115200"

    def __enter__(self) -> Self:
        import tty

        master, slave = os.openpty()
        tty.setraw(slave)
        self._ends = master, slave
        self.name = os.ttyname(slave)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.unplug()
        self._thread.join(2)

    def unplug(self) -> None:
        """Pull the cable: whoever has the port open sees it hang up."""
        ends, self._ends = self._ends, None
        for end in ends or ():
            with suppress(OSError):
                os.close(end)

    def _serve(self) -> None:
        import select

        while (ends := self._ends) is not None:
            with suppress(OSError, ValueError):
                if select.select([ends[0]], [], [], 0.1)[0]:
                    output = self.modem.heard(os.read(ends[0], _MOST))
                    if output:
                        os.write(ends[0], output)
