"""Reply parcels as `service call` prints them."""

from __future__ import annotations


def parcel(words: list[int]) -> str:
    """A reply parcel as `service call` prints it."""
    if len(words) <= 3:
        body = " ".join(f"{word:08x}" for word in words)
        return f"Result: Parcel({body}   '{_letters(words)}')\n"
    rows = [words[start : start + 4] for start in range(0, len(words), 4)]
    lines = [
        f"  0x{index * 16:08x}: {' '.join(f'{word:08x}' for word in row):<35} "
        f"'{_letters(row):<{16}}'"
        for index, row in enumerate(rows)
    ]
    return "Result: Parcel(\n" + "\n".join(lines) + ")\n"


def _letters(words: list[int]) -> str:
    data = b"".join(word.to_bytes(4, "little") for word in words)
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in data)


def text_parcel(text: str) -> str:
    """A reply that holds a text."""
    return parcel([0, len(text), *_words(text)])


def refusal(permission: str) -> str:
    """A SecurityException in a parcel: -1, then its message in UTF-16."""
    message = f"{permission} permission required."
    return parcel([0xFFFFFFFF, len(message), *_words(message), 0])


def _words(text: str) -> list[int]:
    padded = text.encode("utf-16-le") + b"\0\0"
    padded += b"\0" * (-len(padded) % 4)
    return [int.from_bytes(padded[i : i + 4], "little") for i in range(0, len(padded), 4)]
