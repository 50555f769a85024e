"""Phone diagnosis: probes, evidence, and the report a customer sees before the repair."""

__version__ = "0.1.0"
