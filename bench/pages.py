"""Pages and searches of the large company, as its owner sees them. Run by ``python -m bench``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import timedelta

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  after setup
from django.test import Client  # noqa: E402

from bench.timing import Timing, timed  # noqa: E402
from ridealong.record import pipeline  # noqa: E402


def signed_in() -> Client:
    """Return a browser's stand-in in which the owner is signed in."""
    owner = pipeline.member_with_email("owner@bench.example")
    users = get_user_model()._default_manager
    user, _ = users.get_or_create(email="owner@bench.example", defaults={"member_id": owner.id})
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def main() -> None:
    """Print the timings as JSON lines."""
    client = signed_in()
    pipe = pipeline.open(pipeline.EVERYTHING)
    deal = pipe.open_deals(pipeline.Criteria(), limit=1)[0]
    year_ago = (pipe.at - timedelta(days=365)).date().isoformat()
    # Until yesterday: what a company sees in an ordinary week. Now: the week of the first import,
    # in which every deal became known.
    ordinary = f"at={(pipe.at - timedelta(days=2)).date().isoformat()}"
    addresses = {
        "pipeline, an ordinary week": f"/pipeline?{ordinary}",
        "board, an ordinary week": f"/pipeline?view=board&{ordinary}",
        "brief, an ordinary week": f"/brief?{ordinary}",
        "pipeline": "/pipeline",
        "pipeline by salesperson": "/pipeline?by=salesperson",
        "pipeline, no next step": "/pipeline?attention=no_next_step",
        "pipeline, text": "/pipeline?text=harb",
        "pipeline a year ago": f"/pipeline?at={year_ago}",
        "board": "/pipeline?view=board",
        "deal": f"/deals/{deal.id}",
        "brief": "/brief",
        "palette, 3 letters": "/palette?q=har",
        "palette, 1 letter": "/palette?q=h",
    }
    for name, address in addresses.items():
        print(json.dumps(asdict(_timed(client, name, address))), flush=True)


def _timed(client: Client, name: str, address: str) -> Timing:
    def request() -> None:
        response = client.get(address)
        if response.status_code != 200:
            sys.exit(f"{address} answered {response.status_code}")

    return timed(name, request)


if __name__ == "__main__":
    main()
