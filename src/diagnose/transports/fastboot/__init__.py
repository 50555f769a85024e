"""Fastboot: what a bootloader answers, over USB or TCP. Only variables are read."""
