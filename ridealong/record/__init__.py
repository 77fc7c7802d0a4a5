"""The record: one append-only history of facts, and the versions folded from it.

Facts come in through ``record.writer``; everything is read through ``record.pipeline``.
"""
