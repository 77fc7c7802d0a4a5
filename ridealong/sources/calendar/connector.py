"""The kinds of calendars that can be connected."""

from ridealong.sources.calendar.files import AtAddress, InFile
from ridealong.sources.calendar.server import Server

CONNECTORS = (Server(), AtAddress(), InFile())
