"""`/vendor/etc/media_codecs*.xml` by `grep`: the codecs a phone's maker declares.

The lines are read one by one, not as a document: `grep` cuts the nesting away. Whether a codec
encodes stands in its name (`OMX.qcom.video.encoder.avc`, `c2.qti.avc.encoder`).
"""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_CODEC = re.compile(r'<MediaCodec name="([\w.\-]{1,120})"(?: type="([\w./+\-]{1,60})")?')
_MOST = 2000


@dataclass(frozen=True)
class Codec:
    """One declared codec; `media_type` is empty where its types stand on lines of their own."""

    name: str
    media_type: str

    @property
    def encodes(self) -> bool:
        """Whether it is an encoder."""
        return "encoder" in self.name.lower()

    @property
    def is_secure(self) -> bool:
        """Whether it decodes into protected memory, as protected films need."""
        return self.name.lower().endswith(".secure")

    @property
    def is_software(self) -> bool:
        """Whether the processor does the work: Google's own codecs."""
        return self.name.lower().startswith(("omx.google.", "c2.android."))


def parse_media_codecs(text: str) -> tuple[Codec, ...]:
    """Read the declared codecs, each once; raises `ParseError` where there is none."""
    found = (Codec(m[1], m[2] or "") for m in _CODEC.finditer(text))
    codecs = tuple(dict.fromkeys(codec for codec, _ in zip(found, range(_MOST), strict=False)))
    if not codecs:
        raise ParseError("no codec in the answer")
    return codecs
