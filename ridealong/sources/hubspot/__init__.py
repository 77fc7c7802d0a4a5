"""HubSpot: its CRM API, properties with their kept past."""
