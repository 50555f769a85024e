"""Sahara: a Qualcomm boot ROM telling which chip it is. Never asked without leave."""
