"""Named faults that change the state, one module an area."""
