"""The computer itself: what it sees of a phone without asking it."""
