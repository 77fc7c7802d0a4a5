"""Salesforce: opportunities, with their field history."""
