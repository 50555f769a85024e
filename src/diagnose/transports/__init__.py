"""Transports: the only code of the agent that talks to phones.

A transport takes requests and gives replies. It knows nothing of probes, judges nothing and
raises only before the first request (no server, no such phone); after that everything is a reply.
"""
