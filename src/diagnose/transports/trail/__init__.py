"""What was seen of a phone while a run followed it."""
