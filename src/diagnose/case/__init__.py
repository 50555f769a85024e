"""A repair case: its rules, and its record."""
