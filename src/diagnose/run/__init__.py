"""From a plan to recorded evidence: the one room that performs requests."""
