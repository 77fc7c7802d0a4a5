"""What a text suggests about a deal: rules, no language model; for a person to confirm."""

from ridealong.sources.suggesting.given import DealNow, Suggestion, Text
from ridealong.sources.suggesting.roles import role_of_title
from ridealong.sources.suggesting.rules import suggest

__all__ = ["DealNow", "Suggestion", "Text", "role_of_title", "suggest"]
