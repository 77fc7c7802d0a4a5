"""Addresses of the pages."""

from django.urls import path

from ridealong.faces.web import (
    accounts,
    brief,
    company,
    deal,
    demo,
    imports,
    members,
    palette,
    pipeline,
    setup,
)

urlpatterns = [
    path("", brief.home, name="home"),
    path("brief", brief.page, name="brief"),
    path("brief/keep", brief.keep, name="brief-keep"),
    path("brief/kept/<int:number>", brief.kept, name="brief-kept"),
    path("pipeline", pipeline.page, name="pipeline"),
    path("deals/<str:key>", deal.page, name="deal"),
    path("palette", palette.found, name="palette"),
    path("import", imports.page, name="import"),
    path("import/<int:number>", imports.run, name="import-run"),
    path("import/<int:number>/start", imports.start, name="import-start"),
    path("import/<int:number>/refused.csv", imports.refused, name="import-refused"),
    path("members", members.page, name="members"),
    path("members/add", members.add, name="members-add"),
    path("members/<int:number>", members.change, name="members-change"),
    path("members/<int:number>/restore", members.restore, name="members-restore"),
    path("members/<int:number>/invite", members.invite, name="members-invite"),
    path("company", company.page, name="company"),
    path("company/rate", company.rate, name="company-rate"),
    path("setup", setup.page, name="setup"),
    path("sign-in", accounts.sign_in, name="sign-in"),
    path("sign-out", accounts.sign_out, name="sign-out"),
    path("invitation/<str:token>", accounts.invitation, name="invitation"),
    path("demo", demo.page, name="demo"),
    path("demo/sign-in", demo.sign_in, name="demo-sign-in"),
]
