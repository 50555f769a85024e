"""Sections of a phone's state, one module an area."""
