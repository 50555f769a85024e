"""The ladder: how far up a phone has started, told by what is seen of it from outside."""
