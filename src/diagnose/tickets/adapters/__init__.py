"""One file a ticket system; its name is the `adapter` of a mapping, `ADAPTER` its class."""
