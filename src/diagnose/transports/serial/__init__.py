"""Serial ports: AT commands that only read, each port in a process of its own."""
