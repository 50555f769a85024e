"""The casebook: an append-only, hash-chained, signed record of every repair case."""
