"""A small company in the stand-in, and what its people do there, with the traces Odoo keeps."""

from __future__ import annotations

from typing import Any

from tests.sources.odoo.fake import Server, stamp

SAM, LEA = [2, "Sam"], [5, "Lea"]
NEW, PROPOSED, WON = [1, "New"], [3, "Proposition"], [4, "Won"]
EUR = [125, "EUR"]
TRACKED = {
    "stage_id": (31, "many2one"),
    "user_id": (32, "many2one"),
    "partner_id": (33, "many2one"),
    "expected_revenue": (34, "monetary"),
    "active": (35, "boolean"),
}


def filled(server: Server, deals: int = 3) -> Server:
    """Two users, three stages, a company with a person in it, and opportunities."""
    put = server.put
    put("res.users", 1, name="OdooBot", login="__system__", active=False)
    put(
        "res.users",
        2,
        name="Sam",
        login="sam@seller.example",
        email="Sam@seller.example",
        partner_id=[3, "Sam"],
    )
    put("res.users", 5, name="Lea", login="lea", email="lea@seller.example", partner_id=[6, "Lea"])
    put("res.users", 9, name="Portal", login="portal@x.example", share=True)
    put("crm.team", 1, name="Sales", user_id=LEA, member_ids=[2, 5])
    put("hr.employee.public", 1, user_id=LEA, parent_id=[1, "Lea"])
    put("hr.employee.public", 2, user_id=False, parent_id=[1, "Lea"])
    put("hr.employee.public", 3, user_id=SAM, parent_id=[2, "Between"])
    for number, name, sequence in ((1, "New", 1), (3, "Proposition", 3), (4, "Won", 70)):
        put("crm.stage", number, name=name, sequence=sequence, is_won=name == "Won")
    put("res.partner", 3, name="Sam", commercial_partner_id=[3, "Sam"], type="contact")
    put("res.partner", 6, name="Lea", commercial_partner_id=[6, "Lea"], type="contact")
    put(
        "res.partner",
        21,
        name="Brandt",
        is_company=True,
        website="https://www.brandt.example/de",
        commercial_partner_id=[21, "Brandt"],
        country_id=[57, "Germany"],
    )
    put(
        "res.partner",
        31,
        name="Eva",
        email="Eva@brandt.example",
        function="CFO",
        parent_id=[21, "Brandt"],
        commercial_partner_id=[21, "Brandt"],
        type="contact",
    )
    for name, (number, kind) in (TRACKED | _tracked(server)).items():
        put("ir.model.fields", number, name=name, ttype=kind, model="crm.lead", tracking=100)
    put("mail.activity.type", 1, name="Email", category="default", icon="fa-envelope")
    put("mail.activity.type", 2, name="Call", category="phonecall", icon="fa-phone")
    put("mail.activity.type", 3, name="Meeting", category="meeting", icon="fa-users")
    put("mail.activity.type", 4, name="To-Do", category="default", icon="fa-check")
    put("mail.message.subtype", 1, internal=False)
    put("mail.message.subtype", 2, internal=True)
    for number in range(1, deals + 1):
        lead(server, number, number / 100)
    return server


def lead(server: Server, number: int, day: float = 0, **more: Any) -> None:
    """An opportunity of Eva's, in its first stage; or what ``more`` says."""
    usual: dict[str, Any] = {
        "name": f"Deal {number}", "type": "opportunity", "partner_id": [31, "Brandt, Eva"],
        "user_id": SAM, "stage_id": NEW, "expected_revenue": 1000.0, "company_currency": EUR,
        "date_deadline": "2026-12-31", "probability": 10.0,
    }  # fmt: skip
    server.put("crm.lead", number, day, **{**usual, **more})


def change(server: Server, number: int, day: float, **values: Any) -> None:
    """Save an opportunity: of tracked fields Odoo keeps what was before."""
    row = server.tables["crm.lead"][number]
    tracked = TRACKED | _tracked(server)
    names = [name for name in values if name in tracked and row.get(name) != values[name]]
    if names:
        message = _next(server, "mail.message")
        server.put(
            "mail.message", message, day, model="crm.lead", res_id=number,
            message_type="notification", subtype_id=[2, "Note"],
        )  # fmt: skip
    for name in names:
        of_field = "field_id" if server.version >= 17 else "field"
        parts = {
            f"{part}_value_{column}": value
            for part, whole in (("old", row.get(name)), ("new", values[name]))
            for column, value in _columns(server, tracked[name][1], whole).items()
        }
        where = {of_field: [tracked[name][0], name], "mail_message_id": [message, "False"]}
        server.put("mail.tracking.value", _next(server, "mail.tracking.value"), **where, **parts)
    row.update(values, write_date=stamp(day))


def won(server: Server, number: int, day: float) -> None:
    """Win an opportunity."""
    more = {"probability": 100.0, "date_closed": stamp(day), "won_status": "Won"}
    change(server, number, day, stage_id=WON, **more)


def lost(server: Server, number: int, day: float) -> None:
    """Lose an opportunity: archived, at 0 %, with a reason."""
    (reason,) = _reason(server)
    more = {reason: [1, "Too expensive"], "won_status": "Lost"}
    change(server, number, day, active=False, probability=0.0, date_closed=stamp(day), **more)


def merge(server: Server, winner: int, loser: int, day: float) -> None:
    """Merge two opportunities: messages and what is to be done move, and the loser is deleted."""
    name = server.tables["crm.lead"][loser]["name"]
    for message in server.tables["mail.message"].values():
        if message["model"] == "crm.lead" and message["res_id"] == loser:
            subject = f"From {name}: {message['subject']}" if message["subject"] else f"From {name}"
            message.update(res_id=winner, subject=subject, write_date=stamp(day))
    for todo in server.tables["mail.activity"].values():
        if todo["res_id"] == loser:
            todo.update(res_id=winner, write_date=stamp(day))
    del server.tables["crm.lead"][loser]
    server.tables["crm.lead"][winner]["write_date"] = stamp(day)


def message(server: Server, number: int, deal: int, day: float, **more: Any) -> None:
    """A message on an opportunity: a mail to Eva unless ``more`` says otherwise."""
    usual: dict[str, Any] = {
        "model": "crm.lead", "res_id": deal, "message_type": "comment", "body": "<p>Hello</p>",
        "subtype_id": [1, "Discussions"], "author_id": [3, "Sam"], "partner_ids": [31],
    }  # fmt: skip
    server.put("mail.message", number, day, **{**usual, **more})


def todo(server: Server, number: int, deal: int, day: float, **more: Any) -> None:
    """Something to do for an opportunity."""
    usual: dict[str, Any] = {
        "res_model": "crm.lead", "res_id": deal, "summary": f"Step {number}", "user_id": SAM,
        "activity_type_id": [4, "To-Do"], "date_deadline": "2026-02-01",
    }  # fmt: skip
    server.put("mail.activity", number, day, **{**usual, **more})


def _next(server: Server, model: str) -> int:
    return max(server.tables[model], default=0) + 1


def _reason(server: Server) -> dict[str, tuple[int, str]]:
    name = "lost_reason_id" if server.version >= 16 else "lost_reason"
    return {name: (36, "many2one")}


def _tracked(server: Server) -> dict[str, tuple[int, str]]:
    status = {"won_status": (37, "selection")} if server.version >= 18 else {}
    return _reason(server) | status


def _columns(server: Server, kind: str, value: Any) -> dict[str, Any]:
    if kind == "many2one":
        return {"integer": value[0] if value else 0, "char": value[1] if value else False}
    if kind == "boolean":
        return {"integer": int(value)}
    if kind == "selection":
        return {"char": value or False}
    if kind == "date":
        return {"datetime": f"{value} 00:00:00" if value else False}
    return {"monetary" if server.version < 17 else "float": value}
