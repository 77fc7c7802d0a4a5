"""What people write in subjects, mails and invitations, in English and German."""

from __future__ import annotations

import random

_STEMS_WORDS = """
Nordwind Kestrel Halvorsen Bramley Okonski Tessaro Weidmann Larkfield Oderbruch Castellan Mirova
Pennhurst Rautavaara Steinach Velmont Quillon Hartwig Ostrava Fennimore Duvall Bergheim Caldera
Ashgrove Lindqvist Moravec Tarrant Umbrich Wexley Zandvoort Almeida Brockhaus Corviston Dunmore
Eikeland Farrow Gessner Holloway Ingram Jannsen Kovalik Lorimer Mandrake Niemeyer Orsini
Pellworm Quarrington Rosewall Sandmann Thornbury Ullmann Verhoeven Wolfram Yarrow Zeller
Arkwright Beaufort Cranmer Drakensberg Ettlingen
"""
STEMS = _STEMS_WORDS.split()
_STARTS = "Alt Brenn Corv Dun Els Fal Grim Hol Iser Jar Kel Lor Mar Nes Orl Pad Rav"
MORE = [start + end for start in _STARTS.split() for end in ("hausen", "wick", "mark", "ova")]
_EVERYDAY = "Summit Target Delta Bridge Focus Core Signal Anchor Next Union"
COMMON = _EVERYDAY.split()
TRADES = ["Logistics", "Foods", "Energie", "Systems", "Pharma", "Bau", "Medical", "Textil", "Optik"]
FORMS = ["GmbH", "AG", "Ltd", "Inc.", "B.V.", "GmbH & Co. KG", "SE", ""]
_FIRST_WORDS = """
Anna Jonas Mira Peter Lena Tom Carla Sven Ines Paul Nadia Erik Sofia Marc Julia Felix Olga David
Hanna Karl Leila Simon Vera Bruno
"""
FIRST = _FIRST_WORDS.split()
_LAST_WORDS = """
Berg Falk Huber Keller Lang Moser Nagel Ortiz Pohl Quast Reuter Sommer Thoma Urban Vogt Winter
Ziegler Adler Brandt Conrad Dietz Engel
"""
LAST = _LAST_WORDS.split()
CITIES = ["Rotterdam", "Leipzig", "Lyon", "Porto", "Graz", "Malmö", "Leeds", "Turin"]
FREE = ["gmail.com", "gmx.de", "web.de", "outlook.com", "yahoo.co.uk", "icloud.com"]

# How a product is called: by its name, and in the ways customers really say it.
PRODUCTS = {
    "Fleet Insight": ["Fleet Insight", "Fleet Insight", "FleetInsight", "the fleet dashboard"],
    "Route Planner": ["Route Planner", "Route Planner", "Routeplanner", "route planning"],
    "Dockyard": ["Dockyard", "Dockyard", "dockyard", "the yard module"],
    "Telematics Box": ["Telematics Box", "Telematics Boxes", "the telematics boxes", "the boxes"],
    "Driver Academy": ["Driver Academy", "Driver Academy", "the academy", "driver training"],
    "Fuel Cards": ["Fuel Cards", "fuel cards", "Tankkarten", "the cards"],
}
PLAIN = """Next steps;Quick question;Termin;Unser Gespräch;Follow-up;Meeting on Tuesday;Offer
Angebot;Contract draft;Vertragsentwurf;Rückfrage;Thanks for today;Pricing;Data protection;Timeline
Agenda;Documents;Unterlagen;Reference call;Purchase order;Kick-off;Feedback
Demo;Security questionnaire"""
SUBJECTS = PLAIN.replace("\n", ";").split(";")
WITH_CUE = ["{plain} {cue}", "{cue}: {plain}", "{plain} – {cue}", "{cue}", "{plain} for {cue}"]
WITH_COMPANY = ["{company}: {plain}", "{company} x Ridgeway – {plain}", "{plain} {company}"]
SENTENCES = """Thanks for the call yesterday.
Could you send the updated figures by Friday?
Our legal team has two more remarks.
I have added our head of purchasing to this mail.
Our target is to decide before the summer break.
We discussed this in the management meeting on Monday.
anbei wie besprochen die Unterlagen.
Können wir den Termin um eine Woche verschieben?
That would be the next milestone for us.
The core question is who maintains the data.
We see each other at the logistics summit in May anyway.
Der Fokus liegt bei uns zurzeit auf dem Jahresabschluss.
Is there a discount if we sign for 3 years?
I am out of office until the 14th.
In phase 1 of our internal review nothing came up.
Bitte schicken Sie die Rechnung an die neue Adresse.
The delta to your first proposal is bigger than we thought.
Who on your side would join the workshop in 2027?""".splitlines()
CUE_SENTENCES = """Attached is the revised offer for {cue}.
This concerns {cue} only.
How far are we with {cue}?
Es geht um {cue}.
The board has approved the budget for {cue}.
We would like to go on with {cue} next month.""".splitlines()
BULK = """Register now for the Logistics Summit 2026
10 trends for the next quarter
Hit your target with better data
Ihr Newsletter im März
How {company} saved 30 % of its transport costs
Last chance: early bird tickets
Your weekly digest
Bridge the gap between sales and operations
The Signal: news from the industry
{company} chooses our platform""".splitlines()
OFFERS = """Quick intro
Following up on my last mail
Candidates for your open position
Your invoice {number}
Renewal of your licences 2026
Travel confirmation {number}
15 minutes next week?
Office lease: phase 2 of the works""".splitlines()
SERVICE = """Ticket {number}: login does not work
Invoice {number} – wrong VAT id
Application as account executive
Season's greetings
Change of our bank details""".splitlines()


def subject(chance: random.Random, cue: str, company: str) -> str:
    """Return a subject that may say what it is about and who it is with."""
    plain = chance.choice(SUBJECTS)
    if cue and chance.random() < 0.6:
        return chance.choice(WITH_CUE).format(plain=plain, cue=cue)
    if company and chance.random() < 0.3:
        return chance.choice(WITH_COMPANY).format(plain=plain, company=company)
    return plain


def body(chance: random.Random, cue: str) -> str:
    """Return a few sentences, one of which is about the cue where there is one."""
    said = chance.sample(SENTENCES, chance.randint(1, 4))
    if cue:
        said.insert(chance.randint(0, len(said)), chance.choice(CUE_SENTENCES).format(cue=cue))
    return " ".join(said)


def misspelt(chance: random.Random, text: str) -> str:
    """Return the text, now and then with two letters swapped."""
    if len(text) < 6 or chance.random() > 0.03:
        return text
    at = chance.randrange(1, len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
