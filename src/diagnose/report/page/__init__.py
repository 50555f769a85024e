"""The customer's page as a value: what is said, in which order, with which pictures.

HTML and PDF are two renderings of it, so they never say different things.
"""
