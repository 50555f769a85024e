"""What a bootloader says over fastboot."""
