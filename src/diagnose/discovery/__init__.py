"""What is plugged in: the faces of each phone, joined."""
