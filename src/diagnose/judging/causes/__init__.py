"""From outcomes and symptoms to ranked causes: pure, the same on every computer."""
