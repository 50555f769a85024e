"""The ADB protocol as a phone's adbd speaks it, for virtual phones."""
