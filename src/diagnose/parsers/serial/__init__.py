"""What a modem says over a serial port."""
