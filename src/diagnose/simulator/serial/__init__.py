"""A virtual modem: its answers, its manners, and the pseudo terminal it is served on."""
