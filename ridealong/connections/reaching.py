"""What a connector is given: how to reach its source, and who we are."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from ridealong.connections.models import Connection
from ridealong.record import directory
from ridealong.sources.base.connector import Access, Ours
from ridealong.sources.matching.domains import company_domain


def access(connection: Connection) -> Access:
    """Return how the connection's source is reached. Raises ``Refused``."""

    def keep(renewed: Mapping[str, str]) -> None:
        # One that is only being tried has no row yet: it is kept later, with what was renewed.
        connection.secrets = {**connection.secrets, **renewed}
        with transaction.atomic():
            row = Connection.objects.select_for_update().filter(pk=connection.pk).first()
            if row is not None:
                row.secrets = {**row.secrets, **renewed}
                row.save(update_fields=["sealed"])

    return Access(
        settings={**connection.settings, **connection.secrets},
        keep=keep,
        prefix=connection.prefix,
    )


def ours() -> Ours:
    """Return who we are: the company's domains as stated, or else those of its members."""
    company = directory.organisation()
    everybody = directory.members()
    members = {m.email.lower(): m.key for m in everybody if m.email}
    domains = {domain.lower().lstrip("@") for domain in company.email_domains}
    if not domains:
        domains = {domain for address in members if (domain := company_domain(address))}
    return Ours(
        domains=frozenset(domains),
        members=members,
        currency=company.currency,
        zone=company.time_zone,
        names={directory.normal(m.name): m.key for m in everybody if m.name},
    )
