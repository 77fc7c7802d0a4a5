"""What a talk among colleagues was: of which kind, about what, about which deals, and why so.

Weights of words decide, learned from examples, and lists of phrases; no language model. What they
find is for a person to confirm.
"""

from ridealong.sources.hearing.given import Heard, Talked
from ridealong.sources.hearing.reading import read_talk

__all__ = ["Heard", "Talked", "read_talk"]
