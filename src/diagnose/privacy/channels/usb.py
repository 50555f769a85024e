"""USB itself: descriptors and the accessory version; a boot ROM only as what it is."""

from diagnose.model.requests import Effect, Request
from diagnose.model.requests.usb import AOA_KEY, DESCRIPTORS_KEY, SAHARA_KEY

_EFFECTS = {
    DESCRIPTORS_KEY: Effect.READ,
    AOA_KEY: Effect.READ,
    SAHARA_KEY: Effect.BOOTROM,
}


def may_be_sent(request: Request) -> bool:
    """Whether it is known, and says of itself what it does."""
    return _EFFECTS.get(request.key) is request.effect
