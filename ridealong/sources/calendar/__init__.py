"""Calendars: ICS files and addresses, CalDAV servers."""
