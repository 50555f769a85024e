"""Virtual phones: a state that faults change, served over the real ADB protocol.

The other side of the wire: nothing here knows a probe. State (`state/`) is rendered (`services/`)
into the words a given Android version and vendor would say, and served by `wire/`.
"""
