"""The brief on paper: rendered to pages, whatever names, scripts and currencies there are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pypdfium2
import pytest

from ridealong.faces import documents
from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING
from ridealong.views import briefing
from ridealong.views.forecasting import Range
from tests.record.telling import deal, on, tell
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db
SCALE = 1.5
MARGIN = 17 / 25.4 * 72
HEBREW = "שיפוץ מחסן חיפה"
ARABIC = "توسيع مستودع دبي"


def printed(likely: Range | None = None) -> pypdfium2.PdfDocument:
    """The brief of day 20 on paper; ``likely``: where its periods are said to land."""
    pipe = pipeline.open(EVERYTHING, on(20))
    made = briefing.brief(pipe, named=8)
    if likely:
        landings = tuple(replace(each, range=likely, why_none="") for each in made.landings)
        made = replace(made, landings=landings)
    return pypdfium2.PdfDocument(documents.pdf(made, pipe.organisation.time_zone))


def words_of(paper: pypdfium2.PdfDocument) -> str:
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    return "".join(text.split())


def held(paper: pypdfium2.PdfDocument, most: int = 4) -> None:
    """Hold that there are one to four pages of A4, none empty, nothing over the edge."""
    assert 1 <= len(paper) <= most
    for page in paper:
        assert [round(side) for side in page.get_size()] == [595, 842]
        picture = page.render(scale=SCALE, grayscale=True).to_numpy().squeeze()
        inked = picture < 200
        assert 0.003 < inked.mean() < 0.35
        # A little room: a letter may lean over its own edge.
        edge = int((MARGIN - 3) * SCALE)
        assert not np.any(inked[:, :edge])
        assert not np.any(inked[:, -edge:])


def every_glyph_is_there(paper: pypdfium2.PdfDocument) -> None:
    assert "\ufffd" not in words_of(paper)


def test_without_a_deal_there_is_one_honest_page():
    told()
    paper = printed()
    held(paper, most=1)
    words = words_of(paper)
    assert "Nodealisopen." in words
    assert "Norangeisgiven" in words


def test_many_deals_with_long_names_fit_on_four_pages():
    long = "Rahmenvertrag für Wartung, Umbau und Erweiterung der Förderanlagen " * 6
    unbroken = "Donaudampfschifffahrtsgesellschaft" * 9
    told(
        *(
            started(
                f"D{n}",
                name=f"{n} {long if n % 2 else unbroken}"[:250],
                amount=f"{10**n % 10**9}.50",
                close_date="2026-01-30",
                # Every other one is at risk, too.
                next_step=long if n % 2 else "",
            )
            for n in range(60)
        ),
        *(deal(f"D{n}", 18, known=18, close_date="2026-03-30") for n in range(30)),
        *(deal(f"D{n}", 18, known=18, stage="Negotiate") for n in range(30, 50)),
        *(
            deal(f"D{n}", 19, known=19, stage="Lost", status="lost", lost_reason=long[:250])
            for n in range(50, 58)
        ),
    )
    paper = printed()
    held(paper)
    assert "and26more" in words_of(paper)


def test_right_to_left_names_are_shaped_in_fonts_that_are_embedded():
    told(
        started("A", name=HEBREW, close_date="2026-01-30", currency="ILS"),
        started("B", name=ARABIC, close_date="2026-01-30", next_step="اجتماع مع المدير"),
        Fact("rate", "ILS", on(-30), {"per_unit": "0.25"}, "rate:ILS"),
    )
    paper = printed()
    held(paper, most=2)
    every_glyph_is_there(paper)
    words = words_of(paper)
    assert "₪1,000" in words
    # A page's text comes in the order in which it is read, or letter by letter from the left.
    for name in (HEBREW.split(maxsplit=1)[0], ARABIC.split(maxsplit=1)[0]):
        assert name in words or name[::-1] in words or set(name) <= set(words)
    raw = documents.pdf(briefing.brief(pipeline.open(EVERYTHING, on(20))), on(0).tzinfo)  # type: ignore[arg-type]
    assert b"NotoSansHebrew" in raw
    assert b"NotoSansArabic" in raw


def test_other_currencies_and_what_has_no_rate():
    told(
        started("A", amount="1200000", currency="JPY", close_date="2026-01-30"),
        started("B", amount="75.5", currency="CHF", close_date="2026-01-30"),
        Fact("rate", "CHF", on(-30), {"per_unit": "1.1"}, "rate:CHF"),
    )
    words = words_of(printed())
    assert "¥1,200,000" in words
    assert "CHF75.50" in words
    assert "forwantofarate:JPY" in words


def test_markup_in_names_is_printed_as_it_stands():
    told(started("A", name='#panic("x") *bold* $1 \\ <b>', close_date="2026-01-30"))
    words = words_of(printed())
    assert '#panic("x")*bold*$1\\<b>' in words


def test_a_range_and_a_number_called_stand_side_by_side():
    told(started("A"))
    called = {"member": "lea", "period": "2026-01", "amount": "450000"}
    tell([Fact("called_number", "lea:2026-01", on(3), called, "c", recorded_at=on(3))])
    held = "The range held 49 times."
    likely = Range(Decimal(300_000), Decimal(410_000), Decimal(520_000), held)
    words = words_of(printed(likely))
    assert "Therangeheld49times." in words
    assert "€410,000" in words
    assert "€300,000to€520,000" in words
    assert "Leacalls€450,000" in words
    assert "Norangeisgiven" not in words
