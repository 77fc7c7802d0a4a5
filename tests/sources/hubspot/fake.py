"""Stands for HubSpot's API: lists, searches, batches, associations, changes, tokens.

After the models and parameters of HubSpot's own clients (hubspot-api-client 12.0.0 for Python and
@hubspot/api-client 13.5.0, made from its published OpenAPI descriptions): paging by ``after``,
searches that give ``reach`` results at most (10,000 there), batches of 100 (50 with history, 1,000
of associations), versions with the newest first, errors with ``category`` and ``policyName``.
Stricter than HubSpot: a parameter or property that there is not is refused, never ignored.
"""

from __future__ import annotations

from typing import Any

from werkzeug import Request, Response

from tests.sources.hubspot.answers import No, body, only, paged, refused, said
from tests.sources.hubspot.objects import Objects
from tests.sources.hubspot.portal import Portal

_SEARCH = {"query", "limit", "after", "sorts", "properties", "filterGroups"}
_READ = {"inputs", "properties", "propertiesWithHistory", "idProperty"}
WRITTEN = 200.0
"""The day on which what a test writes is written."""


class Fake:
    """The service over a portal. ``fail``: answers to give before its own; ``asked``: paths.

    ``lacks``: {kind of object: the scope that the app was not given}. ``failing``: numbers of
    requests that are answered with 503, as is the next one of ``busy_once``'s paths.
    """

    def __init__(self, portal: Portal, reach: int = 10_000) -> None:
        self.portal = portal
        self.objects = Objects(portal, reach)
        self.fail: list[Response] = []
        self.failing: set[int] = set()
        self.busy_once: set[str] = set()
        self.asked: list[str] = []
        self.lacks: dict[str, str] = {}
        self.token = "s3cret-token"
        self.refresh = "s3cret-refresh"
        self.notes: list[dict[str, Any]] = []
        self.changed: list[dict[str, str]] = []

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer."""
        request = Request(environ)
        self.asked.append(request.path)
        if len(self.asked) in self.failing or request.path in self.busy_once:
            self.busy_once.discard(request.path)
            answer = refused(503, "busy", "SERVICE_UNAVAILABLE")
        elif self.fail:
            answer = self.fail.pop(0)
        else:
            try:
                answer = self._answer(request)
            except No as no:
                answer = no.response
        return answer(environ, start_response)

    def _answer(self, request: Request) -> Response:
        path = request.path.strip("/")
        if path == "oauth/v1/token":
            return self._renew(request)
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            message = "The OAuth token used to make this call expired"
            raise No(401, message, "EXPIRED_AUTHENTICATION")
        if path.startswith("crm/v3/objects/"):
            what, *rest = path.removeprefix("crm/v3/objects/").split("/")
            self._may(what)
            return self._objects(request, what, rest)
        return self._other(request, path)

    def _other(self, request: Request, path: str) -> Response:
        match [request.method, *path.split("/")]:
            case ["GET", "account-info", "v3", "details"]:
                return said(self.portal.details)
            case ["GET", "crm", "v3", "owners"]:
                self._may("owners")
                return self._owners(request)
            case ["GET", "crm", "v3", "pipelines", "deals"]:
                only(request, set())
                return said({"results": self.portal.pipelines})
            case ["GET", "crm", "v3", "properties", what]:
                only(request, {"archived", "properties"})
                return said(
                    {"results": [{"name": n} for n in sorted(self.portal.properties[what])]}
                )
            case ["POST", "crm", "v4", "associations", what, to, "batch", "read"]:
                self._may(what)
                self._may(to)
                return self.objects.links(body(request, {"inputs"}), what, to)
        raise No(404, "resource not found", "OBJECT_NOT_FOUND")

    def _may(self, what: str) -> None:
        if scope := self.lacks.get(what):
            message = "This app hasn't been granted all required scopes to make this call."
            detail = {
                "message": "One or more of the following scopes are required.",
                "context": {"requiredGranularScopes": [scope]},
            }
            raise No(403, message, "MISSING_SCOPES", errors=[detail])

    def _renew(self, request: Request) -> Response:
        wanted = {"grant_type", "client_id", "client_secret", "refresh_token"}
        if set(request.form) != wanted or request.form["refresh_token"] != self.refresh:
            return refused(400, "missing or invalid refresh token", "BAD_REFRESH_TOKEN")
        self.token += "-new"
        answer = {"access_token": self.token, "refresh_token": self.refresh, "expires_in": 1800}
        return said({**answer, "token_type": "bearer"})

    def _owners(self, request: Request) -> Response:
        only(request, {"email", "after", "limit", "archived"})
        archived = request.args.get("archived", "false").lower() == "true"
        rows = [row for row in self.portal.owners if row["archived"] == archived]
        return paged(request, rows)

    def _objects(self, request: Request, what: str, rest: list[str]) -> Response:
        match [request.method, *rest]:
            case ["GET"]:
                only(request, {"limit", "after", "properties", "associations", "archived"})
                return self.objects.list(request, what)
            case ["POST", "search"]:
                return self.objects.search(body(request, _SEARCH), what)
            case ["POST", "batch", "read"]:
                only(request, {"archived"})
                return self.objects.batch(body(request, _READ), what)
            case ["GET", number]:
                only(request, {"properties", "propertiesWithHistory", "archived"})
                names = request.args.get("properties", "").split(",")
                return said(self.objects.row(what, self._living(what, number), names))
            case ["PATCH", number]:
                return self._change(what, number, body(request, {"properties"})["properties"])
            case ["POST"] if what == "notes":
                self.notes.append(body(request, {"properties", "associations"}))
                self.objects.known(what, self.notes[-1]["properties"])
                return said({"id": "1"}, 201)
        raise No(404, "resource not found", "OBJECT_NOT_FOUND")

    def _change(self, what: str, number: str, values: dict[str, str]) -> Response:
        self.objects.known(what, values)
        stages = {s["id"]: p["id"] for p in self.portal.pipelines for s in p["stages"]}
        stage = values.get("dealstage")
        now = self.portal.rows[what][self._living(what, number)]["values"]
        pipeline = values.get("pipeline", now.get("pipeline"))
        if stage is not None and stages.get(stage) != pipeline:
            raise No(
                400,
                f'Property values were not valid: [{{"isValid":false,"message":"{stage} was not '
                'one of the allowed options"}]',
                "VALIDATION_ERROR",
            )
        self.changed.append(values)
        self.portal.put(what, int(number), WRITTEN, **values)
        return said(self.objects.row(what, number, ()))

    def _living(self, what: str, number: str) -> str:
        number = self.portal.became.get(number, number)
        row = self.portal.rows[what].get(number)
        if row is None or row["deleted"]:
            raise No(404, "resource not found", "OBJECT_NOT_FOUND")
        return number
