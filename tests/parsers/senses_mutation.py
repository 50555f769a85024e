"""Broken variants of a good dump: cut, doubled, and with anything put in."""

from __future__ import annotations

from hypothesis import strategies as st


@st.composite
def mutated(draw: st.DrawFn, samples: tuple[str, ...]) -> str:
    """One sample with a piece taken out and something else put in its place."""
    text = draw(st.sampled_from(samples))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    filling = draw(st.one_of(st.text(max_size=60), st.just(text[start:end] * 2), st.just("9" * 40)))
    return text[:start] + filling + text[end:]
