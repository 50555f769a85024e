"""The settings of this counter: shop, engineer, language, casebook. Asked once, used everywhere.

They stand in `settings.toml` in the config folder; `diagnose config` shows and sets them. What a
command line or an environment variable says counts before them.
"""

from __future__ import annotations

import os
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from diagnose.errors import OutputError, UsageError
from diagnose.model.plain import dataclass
from diagnose.station.salt import config_folder

VARIABLES = {
    "shop": "DIAGNOSE_SHOP",
    "engineer": "DIAGNOSE_ENGINEER",
    "casebook": "DIAGNOSE_CASEBOOK",
}
"""What an environment variable says before the file does."""


@dataclass(frozen=True)
class Settings:
    """What was set; an empty text was not.

    `shop` names a shop file (a shipped one, or its path); `language` is `zh-CN` or `en`;
    `casebook` a SQLite file or a URL.
    """

    shop: str = ""
    engineer: str = ""
    language: str = ""
    casebook: str = ""


NAMES = tuple(field.name for field in fields(Settings))


def settings_file() -> Path:
    """Where the settings are kept."""
    return config_folder() / "settings.toml"


def written_settings() -> Settings:
    """Read what is written in the file. Raises `UsageError` where it is none."""
    path = settings_file()
    try:
        written = _parsed(path.read_bytes())
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as problem:
        raise UsageError(
            f"cannot read {path}: {problem}", hint="correct it, or set it anew: diagnose config"
        ) from problem
    wrong = sorted(
        n for n, value in written.items() if n not in NAMES or not isinstance(value, str)
    )
    if wrong:
        raise UsageError(
            f"{path}: {wrong[0]} is no setting", hint=f"settings are texts: {', '.join(NAMES)}"
        )
    return Settings(**written)


def _parsed(data: bytes) -> dict[str, Any]:
    """Loaded only where there is a file: every command asks, and most computers have none."""
    from diagnose.toml import read_toml

    return read_toml(data)


def settings() -> Settings:
    """Read what counts: an environment variable before the file."""
    named = {name: value for name, key in VARIABLES.items() if (value := os.environ.get(key))}
    return replace(written_settings(), **named)


def write_settings(new: Settings) -> Path:
    """Write the file, whole or not at all. Raises `OutputError`."""
    import json
    import tempfile

    path = settings_file()
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in asdict(new).items() if value]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".settings.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("".join(lines))
        Path(temporary).replace(path)
    except OSError as problem:
        raise OutputError(
            f"cannot keep the settings in {path.parent}: {problem.strerror}",
            hint="set DIAGNOSE_CONFIG to a folder you may write to",
        ) from problem
    return path
