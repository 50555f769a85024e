"""Phone diagnosis: probes, evidence, and the report a customer sees before the repair."""

import sys as _sys
from importlib.machinery import ModuleSpec as _ModuleSpec

__version__ = "0.1.0"


class _FormerNames:
    """Asked for a module nobody found: it may have stood elsewhere before (`former.py`)."""

    @staticmethod
    def find_spec(name: str, *_where: object) -> _ModuleSpec | None:
        """Let `former.py` look, which is loaded only now."""
        if not name.startswith("diagnose."):
            return None
        from diagnose.former import former_spec

        return former_spec(name)


_sys.meta_path.append(_FormerNames)
