"""The computer of the shop: its secret, its key, its check-up."""
