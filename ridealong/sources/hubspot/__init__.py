"""HubSpot: its CRM API, version 3 (associations: 4), properties with their kept past.

Asked with requests: HubSpot's own client is generated, has hundreds of modules for what it is not
asked for, and repeats nothing of itself that was cut or refused for being too much.
"""
