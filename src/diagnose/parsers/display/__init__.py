from diagnose.parsers.display.display import (
    parse_compositor,
    parse_displays,
    parse_wm_density,
    parse_wm_size,
)

__all__ = ["parse_compositor", "parse_displays", "parse_wm_density", "parse_wm_size"]
