"""Parsers: text in, typed value out.

A parser never does I/O and raises nothing but `ParseError`. It takes the text as `parsers.text`
decodes it; it bounds its own work (no nested unbounded regular expressions).
"""
