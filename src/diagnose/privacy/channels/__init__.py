"""What may be asked on each channel beside adb: a closed list in a file of the channel's name."""
