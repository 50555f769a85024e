"""A virtual bootloader: its variables, its manners, and the TCP port it is served on."""
