"""Evidence that others captured becomes a capture: a bug report, or a folder of printed outputs.

Only what our requests ask for is taken, redacted as ever; the rest is not stored. Nothing is lost
in silence: `Import.account` says of every file and section whether it was used, is known but not
asked for, or unknown.
"""

from diagnose.run.capture_import.answering import Gathered, answer
from diagnose.run.capture_import.bugreport import is_bugreport
from diagnose.run.capture_import.commands import key_of
from diagnose.run.capture_import.dating import newest_moment
from diagnose.run.capture_import.folder import read_folder
from diagnose.run.capture_import.imported import (
    Import,
    count_visits,
    import_bugreport,
    import_folder,
)
from diagnose.run.capture_import.output import Told, Use

__all__ = [
    "Gathered",
    "Import",
    "Told",
    "Use",
    "answer",
    "count_visits",
    "import_bugreport",
    "import_folder",
    "is_bugreport",
    "key_of",
    "newest_moment",
    "read_folder",
]
