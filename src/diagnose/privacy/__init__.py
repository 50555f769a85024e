"""What may be asked of a phone, and what of its answers may be kept."""
