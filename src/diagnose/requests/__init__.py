"""Everything bundled probes may ask, one file a channel: declared once, with its data class."""
