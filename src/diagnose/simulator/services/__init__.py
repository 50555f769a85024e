"""What a phone says: state rendered as its Android version and vendor would, one module an area."""
