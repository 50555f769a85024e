"""Frozen models of what was asked, found and said: the vocabulary of the report.

Everything here is a value: no I/O, no clock, no order of files. The JSON of these models is the
contract; `schemas/report-1.json` is generated from them.
"""
