// In the call: three letters, five lines, then all there is; by keyboard or touch, without a network.
import { deep, five, row } from "./call_deal.js";
import { find, indexed } from "./call_finding.js";
import { Notes } from "./call_noting.js";
import { Outbox } from "./offline/outbox.js";
import { startWorker } from "./offline/starting.js";
import { openVault } from "./offline/vault.js";
import { waitingIn } from "./offline/waiting.js";

const room = document.getElementById("call");
const data = document.getElementById("call-data");
const part = (name) => room.querySelector(`[data-${name}]`);
const input = document.getElementById("text");
const list = document.getElementById("call-list");
const LIKELY = 12;
const SHOWN = 8;
const KEPT = "call";

// Without a network the page is an empty shell: what was kept of the last one stands in.
const said = data ? JSON.parse(data.textContent) : null;
const vault = await openVault({ session: said?.session ?? null, keeps: said?.keeps ?? true });
const kept = said ?? (await vault.get(KEPT)) ?? { holder: "", none: true };
const deals = kept.deals ?? [];
const entries = indexed(deals);
const likely = [...deals.filter((deal) => deal.soon), ...deals.filter((deal) => !deal.soon)].slice(0, LIKELY);
const told = waitingIn(part("waits"), { keeps: vault.keeps, one: "note waits", many: "notes wait" });
const outbox = new Outbox({ vault, name: "call-notes", address: "/call/notes", holder: kept.holder, told });
const notes = new Notes({
  outbox,
  list: part("noted").querySelector("ul"),
  names: new Map(deals.map((deal) => [deal.id, deal.name])),
  done: () => (opened ? part("deep").querySelector("h2") : input).focus({ preventScroll: true }),
});
let found = likely;
let chosen = -1;
let opened = null;

const acts = {
  open: (deal) => {
    history.pushState({ deal: deal.id }, "");
    enter(deal);
  },
  back: () => history.back(),
  question: (deal, jot, how) => notes.question(deal, jot, how),
  promise: (deal, jot) => notes.promise(deal, jot),
};

function heading(typed) {
  if (kept.none) return "Nothing is kept on this device. Open this page once with a network; after that it opens without one.";
  if (!typed) return "Likely asked about";
  if (!found.length) return "No open deal of yours is called so, nor its company or people.";
  return found.length > SHOWN ? `${SHOWN} of ${found.length}: type on` : `${found.length} found`;
}

function draw() {
  const typed = input.value.trim();
  const shown = found.slice(0, typed ? SHOWN : LIKELY);
  list.replaceChildren(...shown.map((deal, place) => row(deal, place, place === chosen)));
  part("heading").textContent = heading(typed);
  const deal = found[chosen];
  part("five").hidden = !deal;
  if (deal) five(part("five"), deal, acts);
  if (deal) input.setAttribute("aria-activedescendant", `call-${chosen}`);
  else input.removeAttribute("aria-activedescendant");
}

function look() {
  const typed = input.value.trim();
  found = typed ? find(entries, typed) : likely;
  chosen = typed && found.length ? 0 : -1;
  draw();
}

function choose(step) {
  const last = list.children.length - 1;
  chosen = Math.min(last, Math.max(0, chosen + step));
  draw();
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

/** Show all there is of a deal. */
function enter(deal) {
  opened = deal;
  part("finding").hidden = true;
  part("deep").hidden = false;
  const title = deep(part("deep"), deal, acts);
  title.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** Go back to the list. */
function leave() {
  opened = null;
  part("deep").hidden = true;
  part("deep").replaceChildren();
  part("finding").hidden = false;
}

/** The next or the previous one of those found, as deep as one is. */
function next(step) {
  const place = found.findIndex((deal) => deal.id === opened.id) + step;
  if (!found[place]) return;
  history.replaceState({ deal: found[place].id }, "");
  chosen = place;
  draw();
  enter(found[place]);
}

const panel = () => (opened ? part("deep") : part("five"));
const pressing = (name) => () => panel().querySelector(`[data-act="${name}"]`)?.click();
const toSearch = () => { input.focus(); input.select(); };
const inSearch = {
  ArrowDown: () => choose(1),
  ArrowUp: () => choose(-1),
  Enter: () => { const deal = found[Math.max(chosen, 0)]; if (deal) acts.open(deal); },
  Escape: () => { input.value = ""; if (opened) history.back(); look(); },
};
const elsewhere = {
  j: () => (opened ? next(1) : choose(1)),
  k: () => (opened ? next(-1) : choose(-1)),
  q: pressing("question"),
  p: pressing("promise"),
  "/": toSearch,
  Escape: () => (opened ? history.back() : toSearch()),
};

function meant(event) {
  if (event.target === input) return inSearch[event.key];
  if (event.target.closest("input, select, textarea")) {
    return event.key === "Escape" ? () => (opened ? part("deep").querySelector("h2") : input).focus() : undefined;
  }
  if (event.key === "u" && !data) return () => notes.undoLast(); // on the page itself, keys.js presses the button
  if (!opened && !event.target.closest("a, button, summary") && event.key !== "Escape") return elsewhere[event.key] ?? inSearch[event.key];
  return elsewhere[event.key];
}

// Before keys.js, which means other things by some of these.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const act = meant(event);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}, true);
input.addEventListener("input", () => {
  if (opened) leave();
  look();
});
input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  inSearch.Enter();
});
list.addEventListener("click", (event) => {
  const place = [...list.children].indexOf(event.target.closest("[role=option]"));
  if (place < 0) return;
  chosen = place;
  draw();
  acts.open(found[place]);
});
addEventListener("popstate", () => {
  const deal = deals.find((each) => each.id === history.state?.deal);
  if (deal) return enter(deal);
  leave();
  toSearch();
});

list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Deals");
for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list" })) {
  input.setAttribute(name, value);
}
const asOf = document.querySelector("[data-as-of]");
if (asOf && kept.at) asOf.textContent = `There is no network. As of ${kept.at}; what you note is sent once there is.`;
look();
history.replaceState(null, ""); // opened anew, it begins with the search
room.classList.add("alive");
await outbox.begin();
notes.begin();
await vault.put(KEPT, kept);
room.dataset.kept = vault.keeps ? "sealed" : "nothing";
startWorker();
