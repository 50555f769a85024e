"""Files that others rely on: whole or not there, one run a folder, signed."""
