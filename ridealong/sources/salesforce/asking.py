"""What is asked of Salesforce."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import requests
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceError, SalesforceExpiredSession
from simple_salesforce.format import format_soql

from ridealong.sources.base.connector import Access, Problem
from ridealong.sources.base.rows import Row
from ridealong.sources.base.web import TIMEOUT, patient_session
from ridealong.sources.salesforce.objects import FIELDS, NEEDED
from ridealong.sources.salesforce.refusing import is_absent, meant, unreached
from ridealong.sources.salesforce.signing_in import LOOPBACK, SignIn

VERSION = "60.0"
PAGE = 200
"""Rows in an answer: the fewest that Salesforce can be asked for, so that a page stays small."""
_SIZE = {"Sforce-Query-Options": f"batchSize={PAGE}"}


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer of a query: some of its rows, and how many there are in all."""

    rows: list[Row]
    total: int


class Org:
    """An organisation of Salesforce. Everything raises ``Refused`` or ``TryAgain``."""

    def __init__(self, access: Access) -> None:
        self._sign_in = SignIn(access)
        # Only reading is repeated: a change that may have arrived is compared first, later.
        self._session = patient_session(("GET",))
        self._fields: dict[str, frozenset[str]] = {}
        self._noted: list[Problem] = []
        self._client = self._signed_in()

    def fields(self, name: str) -> frozenset[str]:
        """Return which of an object's fields can be read here; none where it cannot be read."""
        if name not in self._fields:
            self._fields[name] = self._readable(name)
        return self._fields[name]

    def noted(self) -> tuple[Problem, ...]:
        """Return which objects and fields turned out not to be readable since this was asked."""
        noted, self._noted = tuple(self._noted), []
        return noted

    def listed(self, name: str, where: Iterable[str] = (), order: str = "Id") -> Iterator[Listing]:
        """Yield an object's rows, deleted ones too, a page at a time; at least one page.

        ``where``: conditions in SOQL that all have to hold; ``order``: the fields to sort by.
        """
        fields = self.fields(name)
        if not fields:
            yield Listing([], 0)
            return
        soql = ["SELECT", ", ".join(sorted(fields)), "FROM", name]
        if conditions := " AND ".join(where):
            soql += ["WHERE", conditions]
        soql += ["ORDER BY", order]
        answer = self._ask(partial(_queried, soql=" ".join(soql)))
        while True:
            yield Listing(list(answer["records"]), int(answer["totalSize"]))
            following = answer.get("nextRecordsUrl")
            if answer.get("done", True) or not following:
                return
            answer = self._ask(partial(_more, address=following))

    def related(self, name: str, field: str, ids: Iterable[str], order: str = "Id") -> list[Row]:
        """Return the rows that point to one of at most ``PAGE`` ids."""
        wanted = sorted(set(ids))
        if not wanted:
            return []
        condition = format_soql(f"{field} IN {{}}", wanted)
        return [row for page in self.listed(name, [condition], order) for row in page.rows]

    def change(self, name: str, key: str, values: Mapping[str, Any]) -> None:
        """Change fields of a row. It is sent once."""
        self._ask(
            lambda client: client.restful(
                f"sobjects/{name}/{key}", method="PATCH", json=dict(values), timeout=TIMEOUT
            )
        )

    def add(self, name: str, values: Mapping[str, Any]) -> None:
        """Add a row. It is sent once."""
        self._ask(
            lambda client: client.restful(
                f"sobjects/{name}", method="POST", json=dict(values), timeout=TIMEOUT
            )
        )

    def _readable(self, name: str) -> frozenset[str]:
        there = self._described(name)
        wanted = FIELDS[name]
        if not NEEDED.get(name, frozenset({"Id"})) <= there:
            self._noted.append(
                Problem(name, "Salesforce does not have it, or not for this user: left out.")
            )
            return frozenset()
        for lacking in sorted(wanted - there):
            why = "Salesforce does not have this field, or not for this user: left out."
            self._noted.append(Problem(f"{name}.{lacking}", why))
        return wanted & there

    def _described(self, name: str) -> frozenset[str]:
        def described(client: Salesforce) -> Any:
            try:
                return client.restful(f"sobjects/{name}/describe", timeout=TIMEOUT)
            except SalesforceError as error:
                if is_absent(error):
                    return None
                raise

        answer = self._ask(described) or {}
        fields = answer.get("fields", []) if answer.get("queryable", True) else []
        return frozenset(str(field["name"]) for field in fields)

    def _signed_in(self) -> Salesforce:
        token, instance = self._sign_in.token()
        client = Salesforce(
            session_id=token,
            instance_url=instance,
            session=self._session,
            version=VERSION,
            parse_float=Decimal,
            object_pairs_hook=None,
        )
        if self._sign_in.root.startswith(LOOPBACK):
            # The library knows https only, which a stand-in on this machine does not speak.
            client.base_url = client.base_url.replace("https:", "http:", 1)
        return client

    def _ask(self, ask: Callable[[Salesforce], Any]) -> Any:
        try:
            try:
                return ask(self._client)
            except SalesforceExpiredSession:
                self._client = self._signed_in()
                return ask(self._client)
        except SalesforceError as error:
            raise meant(error) from error
        except requests.RequestException as error:
            raise unreached(error, self._sign_in.root) from error


def _queried(client: Salesforce, soql: str) -> Row:
    answer: Row = client.query(soql, include_deleted=True, headers=dict(_SIZE), timeout=TIMEOUT)
    return answer


def _more(client: Salesforce, address: str) -> Row:
    path = address.partition(f"/v{VERSION}/")[2]
    answer: Row = client.restful(path, headers=dict(_SIZE), timeout=TIMEOUT) or {}
    return answer
