"""Make the fonts of the PDF report: subsets of Noto Sans CJK SC, as Debian packs it.

    apt-get install fonts-noto-cjk && pip install fonttools && python scripts/make_font_subset.py

The result is committed, so that nobody needs this script to run the product. The family gets a
name of its own: a computer that has the whole font installed never mistakes one for the other.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
LICENCE = Path("/usr/share/doc/fonts-noto-cjk/copyright")
TARGET = Path(__file__).parent.parent / "src" / "diagnose" / "report" / "fonts"
SANS, MONO = "Diagnose Sans SC", "Diagnose Mono"

LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Western, Central European
    *range(0x1A0, 0x1B1),
    *range(0x1E00, 0x1F00),  # Vietnamese
    *range(0x2010, 0x2040),
    *range(0x20A0, 0x20C0),
)
SYMBOLS = "✓✗×▲▼△●○■□◆→←↑↓⚠·•…–—°µΩ²³≥≤≠≈±√∞№℃℉™®©¥€£元"
# Common in names of people and places, and outside GB 2312.
NAMES = (
    "喆堃昇淼垚焱犇骉珺煊玥翀晟璟祎瑄煜钰镕瑀锜頔赟翾昉甯邨栢槑囧"
    "碶洺濛嫣玕珅祺琎琰瑛琬琤埕垟塆夼峣崮嵖"
)


def main() -> None:
    """Write the three fonts and their licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "OFL.txt").write_text(licence(), "utf-8")
    simplified = encoded("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))
    traditional = encoded("big5", range(0xA4, 0xC7), range(0x40, 0xFF))  # the common ones only
    chinese = {*LATIN, *map(ord, SYMBOLS + NAMES)} | simplified | traditional
    regular = make("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", SANS, "Regular", chinese)
    (TARGET / "characters.txt").write_text("".join(map(chr, sorted(regular))), "utf-8")
    make("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", SANS, "Bold", chinese)
    make("NotoSansCJK-Regular.ttc", "Noto Sans Mono CJK SC", MONO, "Regular", set(LATIN))


def licence() -> str:
    """Give the SIL Open Font Licence as Debian's package carries it, without its markup."""
    text = LICENCE.read_text("utf-8")
    body = text[text.index("License: SIL-1.1\n ---") :].split("\n\n")[0]
    lines = [line.strip() for line in body.splitlines()[1:]]
    notice = "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'."
    made = "Subsets of Noto Sans CJK SC and Noto Sans Mono CJK SC, under names of their own."
    return "\n".join([notice, made, "", *("" if line == "." else line for line in lines), ""])


def encoded(codec: str, highs: range, lows: range) -> set[int]:
    """Every character of a two-byte character set, from Python's own table of it."""
    found = set()
    for high in highs:
        for low in lows:
            with suppress(UnicodeDecodeError):
                found.add(ord(bytes((high, low)).decode(codec)))
    return found


def make(collection: str, family: str, name: str, style: str, characters: set[int]) -> set[int]:
    """Cut one font out of its collection; give the characters that it then has."""
    font = _find(SOURCE / collection, family)
    options = subset.Options(
        desubroutinize=False,
        hinting=False,
        layout_features=["kern"],  # "locl" would bring the forms of Japan and Korea along
        drop_tables=["BASE", "VORG", "vhea", "vmtx"],  # nothing is set vertically
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    _rename(font, name, style)
    path = TARGET / f"{name.replace(' ', '')}-{style}.otf"
    font.save(path)
    has = set(font.getBestCmap())
    sys.stdout.write(f"{path.name}: {len(has)} characters, {path.stat().st_size / 1e6:.2f} MB\n")
    return has


def _find(path: Path, family: str) -> TTFont:
    for font in TTCollection(path, lazy=True):
        if font["name"].getDebugName(1) == family:
            return font
    raise SystemExit(f"{path} has no {family}: is Debian's fonts-noto-cjk installed?")


def _rename(font: TTFont, family: str, style: str) -> None:
    compact = f"{family.replace(' ', '')}-{style}"
    words = {1: family, 2: style, 3: f"{compact};subset", 4: f"{family} {style}", 6: compact}
    for record in list(font["name"].names):
        if record.nameID in words and record.platformID == 3 and record.langID == 0x409:
            record.string = words[record.nameID]
        elif record.nameID in words:
            where = (record.platformID, record.platEncID, record.langID)
            font["name"].removeNames(record.nameID, *where)
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [compact]
        top.topDictIndex[0].FullName = f"{family} {style}"
        top.topDictIndex[0].FamilyName = family


if __name__ == "__main__":
    main()
