"""What USB says: descriptors, and Android's own view of its port."""
