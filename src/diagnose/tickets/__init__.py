"""Tickets: a report reaches a ticket system exactly once (ADR 0065).

`mapping` says what goes where, `writing` makes the content, `outbox` keeps it, `worker` and
`delivering` bring it there through an adapter, one small file for each system.
"""
