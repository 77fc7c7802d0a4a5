"""Odoo: leads and opportunities, with what its chatter kept of their past."""
