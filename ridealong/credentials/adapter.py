"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    """Nobody makes an account for themselves: accounts come from set-up and invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        return False
