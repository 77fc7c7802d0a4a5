"""Salesforce: opportunities with the history it keeps, through its REST API and simple-salesforce.

Object and field names as in Salesforce's object reference.
"""
