"""How often the probes and causes are right, measured."""
