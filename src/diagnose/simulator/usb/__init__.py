"""Virtual USB devices: one model, several back ends that show it to real software."""
