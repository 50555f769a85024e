"""What a user asks for, without the command line."""
