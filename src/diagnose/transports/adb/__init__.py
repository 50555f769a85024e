"""The adb server as a transport: many streams at once over bare sockets."""
