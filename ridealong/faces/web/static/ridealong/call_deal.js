// One deal on the page: a row of the list, its five lines, and all there is. Knows no network.
import { make } from "./making.js";

const press = (words, act, more = {}) => {
  const key = more.key ? [" ", make("kbd", more.key)] : [];
  const button = make("button", [words, ...key], { type: "button", className: more.quiet ? "quiet" : "button" });
  button.addEventListener("click", (event) => act({ byKey: event.detail === 0 }));
  return button;
};

export function row(deal, place, isChosen) {
  const closes = deal.closes ? ` · ${deal.closes}` : "";
  const made = make("div", [
    make("b", deal.name, { dir: "auto" }),
    make("span", deal.amount ?? "", { className: "num" }),
    make("span", `${deal.salesperson ?? "nobody carries it"}${closes}`, { className: `faint${deal.soon ? " soon" : ""}` }),
  ], { id: `call-${place}`, role: "option", ariaSelected: String(isChosen) });
  made.dataset.deal = deal.id;
  return made;
}

const lines = (deal) => make("ol", deal.lines.map((line) => make("li", line, { dir: "auto" })), { className: "lines-aloud" });

/** What can be done about a deal; `jot` holds what is written down meanwhile. */
function doing(deal, acts, more) {
  const jot = make("div", "", { className: "jot" });
  const buttons = [
    ...more,
    press("Question", (how) => acts.question(deal, jot, how), { key: "q", quiet: true }),
    press("Promise", () => acts.promise(deal, jot), { key: "p", quiet: true }),
  ];
  buttons.at(-2).dataset.act = "question";
  buttons.at(-1).dataset.act = "promise";
  return [make("div", buttons, { className: "acts" }), jot];
}

/** Fill `place` with the five lines. */
export function five(place, deal, acts) {
  const more = press("More", () => acts.open(deal), { key: "Enter" });
  place.replaceChildren(make("h2", deal.name, { dir: "auto" }), lines(deal), ...doing(deal, acts, [more]));
}

function line(said) {
  return make("li", [
    make("span", said.when ?? "", { className: "moment" }),
    make("div", [
      make("p", said.words, { className: said.tone ?? "", dir: "auto" }),
      said.more ? make("p", said.more, { className: "text", dir: "auto" }) : "",
    ]),
  ]);
}

/** Fill `place` with the five lines and what stands below them; return its title. */
export function deep(place, deal, acts) {
  const title = make("h2", deal.name, { tabIndex: -1, dir: "auto" });
  const page = make("a", "Its page", { href: `/deals/${deal.id}`, className: "button quiet" });
  const back = press("Back", acts.back, { key: "Esc", quiet: true });
  const sections = (deal.sections ?? []).map((section) =>
    make("section", [make("h3", section.title), make("ul", section.lines.map(line), { className: "told-lines" })]));
  place.replaceChildren(title, lines(deal), ...doing(deal, acts, [back]), make("div", sections, { className: "depth" }), make("p", page));
  return title;
}
