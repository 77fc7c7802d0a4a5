"""Pipedrive: its API of version 2, and of version 1 what that lacks (users, changelogs, notes).

Field names as in Pipedrive's published OpenAPI descriptions.
"""
