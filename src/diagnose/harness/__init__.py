"""Phones as tests: the pytest plugin. It costs nothing unless it is used."""
