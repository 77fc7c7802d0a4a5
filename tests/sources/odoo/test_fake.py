"""The stand-in answers as the real servers did: the same refusals, the same shapes."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.sources.odoo.company import filled, message, todo
from tests.sources.odoo.fake import DATABASE, KEY, LOGIN, USER, Server, recorded
from tests.support.web import served

VERSIONS = (19, 14)


def asked(address: str, version: int, answer: dict[str, Any]) -> tuple[int, Any]:
    """Ask what was asked of the real server."""
    model, method, named = answer["model"], answer["method"], dict(answer["named"])
    if version >= 19:
        key = "x" * 40 if answer["login"] == "nobody" else KEY
        headers = {"Authorization": f"bearer {key}", "X-Odoo-Database": DATABASE}
        body = {**named, **({} if answer["ids"] is None else {"ids": answer["ids"]})}
        reply = requests.post(
            f"{address}/json/2/{model}/{method}", json=body, headers=headers, timeout=10
        )
        return reply.status_code, reply.json()
    positions = [] if answer["ids"] is None else [answer["ids"]]
    positions += [named.pop(name) for name in ("domain", "vals") if name in named]
    arguments = [DATABASE, USER, KEY, model, method, positions, named]
    return rpc(address, "object", "execute_kw", arguments)


def rpc(address: str, service: str, method: str, arguments: list[Any]) -> tuple[int, Any]:
    params = {"service": service, "method": method, "args": arguments}
    body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
    reply = requests.post(f"{address}/jsonrpc", json=body, timeout=10)
    return reply.status_code, {name: each for name, each in reply.json().items() if name != "id"}


CASES = [(version, each["name"]) for version in VERSIONS for each in recorded(version)["answers"]]


@pytest.mark.parametrize(("version", "name"), CASES)
def test_it_answers_word_for_word(version, name):
    answer = next(each for each in recorded(version)["answers"] if each["name"] == name)
    server = filled(Server(version))
    if answer["login"] == "demo":
        server.refused = {"mail.tracking.value"}
    with served(server) as address:
        assert asked(address, version, answer) == (answer["status"], answer["body"])


def test_a_wrong_login_and_a_wrong_database_are_refused_alike():
    with served(filled(Server(14))) as address:
        for database, said in ((DATABASE, "bad login"), ("nope", "no database")):
            who = [database, LOGIN, "wrong", {}]
            assert rpc(address, "common", "authenticate", who)[1] == recorded(14)[said]


@pytest.mark.parametrize("version", VERSIONS)
def test_its_rows_have_the_fields_and_types_of_the_real_ones(version):
    server = filled(Server(version))
    message(server, 1, 1, 0)
    todo(server, 1, 1, 0)
    for model, rows in recorded(version)["rows"].items():
        for real in rows:
            for ours in server.tables[model].values():
                for name, value in real.items():
                    both = {type(value), type(ours[name])}
                    assert len(both - {bool}) <= 1, (model, name, value, ours[name])
