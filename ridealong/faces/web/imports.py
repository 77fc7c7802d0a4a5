"""Import: drop files, see how each column was understood, correct it, watch, get a report."""

from __future__ import annotations

import re
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ridealong.faces.web.reading import one_who_configures
from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.sources import files
from ridealong.sources.files import FilePlan, Rules, uploads

SHOWN = 200
KINDS = ("deals", "history", "activities", "members", "companies", "contacts")


def page(request: HttpRequest) -> HttpResponse:
    """Take files in, and list past imports."""
    member = one_who_configures(request)
    if request.method == "POST":
        given = request.FILES.getlist("files")
        mappings = [file for file in given if str(file.name).lower().endswith(".toml")]
        tables = [file for file in given if file not in mappings]
        if not tables or len(mappings) > 1:
            messages.error(
                request, "Choose at least one CSV or XLSX file, and at most one mapping."
            )
            return redirect("import")
        run = Run.objects.create(started_by=member.id)
        paths = [_stored(run, upload) for upload in tables]
        for mapping in mappings:
            _stored(run, mapping, "mapping")
        try:
            run.plan = [plan.shape() for plan in files.understand(paths, uploads.rules(run))]
        except files.InvalidMapping as error:
            shutil.rmtree(uploads.folder(run), ignore_errors=True)
            run.delete()
            messages.error(request, str(error))
            return redirect("import")
        run.save(update_fields=["plan"])
        return redirect("import-run", number=run.pk)
    past = Run.objects.filter(kind="import").exclude(state=Run.State.PLANNED).order_by("-id")[:20]
    return render(request, "imports/page.html", {"past": past})


def run(request: HttpRequest, number: int) -> HttpResponse:
    """Show an import: how its files are understood, how far it is, or what came of it."""
    one_who_configures(request)
    found = _run(number)
    if found.state == Run.State.PLANNED:
        plans = uploads.plans(found)
        if request.method == "POST":
            plans = [_corrected(plan, n, request) for n, plan in enumerate(plans)]
            found.plan = [plan.shape() for plan in plans]
            found.save(update_fields=["plan"])
            return redirect("import-run", number=number)
        values = {
            "run": found,
            "plans": [(n, plan, files.choices(plan.kind)) for n, plan in enumerate(plans)],
            "kinds": KINDS,
            "ready": any(not plan.problem for plan in plans),
            "trial": _trial(plans, uploads.rules(found)),
        }
        return render(request, "imports/plan.html", values)
    report = found.report or {}
    values = {"run": found, "report": report, "bad_rows": report.get("bad_rows", [])[:SHOWN]}
    return render(request, "imports/run.html", values)


@require_POST
def start(request: HttpRequest, number: int) -> HttpResponse:
    """Begin an import, or begin one again that ended early."""
    one_who_configures(request)
    found = _run(number)
    if found.state == Run.State.DONE or found.active:
        return redirect("import-run", number=number)
    if not uploads.folder(found).exists():
        messages.error(request, "Its files are gone: choose them again.")
        return redirect("import")
    starting.begin(found)
    return redirect("import-run", number=number)


def refused(request: HttpRequest, number: int) -> HttpResponse:
    """Return one file's refused rows as CSV, to mend and import again."""
    one_who_configures(request)
    found = _run(number)
    name = request.GET.get("file", "")
    for shape in found.plan:
        plan = files.from_shape(shape)
        if plan.name == name and found.report:
            headings = tuple(column.heading for column in plan.columns)
            body = files.rejected_csv(found.report["bad_rows"], name, headings)
            response = HttpResponse(body, content_type="text/csv; charset=utf-8")
            safe = re.sub(r"[^\w.-]+", "-", Path(name).stem)
            response["Content-Disposition"] = f'attachment; filename="{safe}-refused.csv"'
            return response
    raise Http404("There is no such file in this import.")


def _run(number: int) -> Run:
    found = Run.objects.filter(pk=number, kind="import").first()
    if found is None:
        raise Http404("There is no such import.")
    return found


def _stored(found: Run, upload: UploadedFile[Any], part: str = "files") -> Path:
    folder = uploads.folder(found) / part
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w .()\-]+", "_", Path(upload.name or "file").name)[-120:]
    path = folder / name
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return path


def _corrected(plan: FilePlan, number: int, request: HttpRequest) -> FilePlan:
    kind = request.POST.get(f"kind-{number}", plan.kind)
    if kind != plan.kind and kind in KINDS:
        return plan.with_kind(kind)
    for place, column in enumerate(plan.columns):
        said = request.POST.get(f"column-{number}-{place}", column.field)
        if said != column.field and (said == "" or said in files.choices(plan.kind)):
            plan = plan.with_column(column.heading, said)
    return plan


def _trial(plans: list[FilePlan], rules: Rules) -> dict[str, Any] | None:
    """What would happen, for files small enough to try while somebody waits."""
    size = sum(Path(plan.path).stat().st_size for plan in plans if Path(plan.path).exists())
    if size > 5 * 1024**2 or all(plan.problem for plan in plans):
        return None
    report = files.load(plans, rules, dry=True)
    return {
        "facts": dict(report.facts),
        "bad": report.bad,
        "rows": report.rows,
        "bad_rows": [asdict(row) for row in report.bad_rows[:5]],
    }
