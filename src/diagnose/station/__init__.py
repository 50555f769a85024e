"""This computer: its secret, its key, its check-up."""
