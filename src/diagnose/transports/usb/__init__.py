"""USB: what is plugged in, and the few things asked of it below adb."""
