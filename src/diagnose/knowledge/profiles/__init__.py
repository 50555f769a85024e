"""The open device database: what is known of a model, and who says so."""
