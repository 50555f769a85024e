from diagnose.parsers.audio.devices import (
    parse_audio_routes,
    parse_audio_server,
    parse_audio_settings,
    parse_sound_cards,
)

__all__ = ["parse_audio_routes", "parse_audio_server", "parse_audio_settings", "parse_sound_cards"]
