"""Where the pages are, for what is told without a page having asked for it."""

from __future__ import annotations


def address(said: str, host: str, *, https: bool) -> str:
    """Return the pages' address with a slash at its end.

    ``said``: what the installation says it is; where it says nothing, it follows from the first
    name under which pages may be asked for.
    """
    if said.strip():
        return f"{said.strip().rstrip('/')}/"
    name = host.strip().lstrip(".") or "localhost"
    if name == "*":
        name = "localhost"
    return f"https://{name}/" if https else f"http://{name}:8000/"
