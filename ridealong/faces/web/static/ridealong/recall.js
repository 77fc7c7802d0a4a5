// Two minutes a day: questions one after another, by keyboard or touch, also without a network.
import { Outbox } from "./offline/outbox.js";
import { startWorker } from "./offline/starting.js";
import { openVault } from "./offline/vault.js";
import { show } from "./recall_card.js";

const root = document.getElementById("drill");
const data = document.getElementById("recall-data");
const card = root.querySelector("[data-card]");
const bar = root.querySelector("progress");
const place = root.querySelector("[data-place]");
const waits = root.querySelector("[data-waits]");
const back = root.querySelector("[data-undo]");
const KEPT = "recall";

// Without a network the page is an empty shell: what was kept of the last one stands in.
const said = data ? JSON.parse(data.textContent) : null;
const vault = await openVault({ session: said?.session ?? null, keeps: said?.keeps ?? true });
const today = said ?? (await vault.get(KEPT)) ?? { items: [], done: 0, holder: "", none: true };
const outbox = new Outbox({ vault, name: "recall-answers", address: "/recall/answers", holder: today.holder, told: waiting });
let items = [];
let total = 0;
let last = null;

function waiting(count, how) {
  waits.hidden = !count;
  if (!count) return;
  const many = count === 1 ? "1 answer waits" : `${count} answers wait`;
  const where = vault.keeps ? "on this device, encrypted" : "on this page: leave it open";
  waits.textContent = how === "sign-in" ? `${many}: sign in again to send.` : `${many} ${where}, for the network.`;
}

const keep = () => vault.put(KEPT, { ...today, items, done: today.done + total - items.length });

function draw() {
  const done = total - items.length;
  bar.max = Math.max(total, 1);
  bar.value = done;
  back.hidden = !last;
  place.textContent = items.length ? `${done + 1} of ${total}` : "";
  if (items.length) show(card, items[0], { answered, next: draw });
  else ended(today.done + done);
}

function ended(done) {
  const words = today.none
    ? "Nothing is kept on this device. Open Recall once with a network; after that it opens without one."
    : done ? `Done for today: ${done} question${done > 1 ? "s" : ""} answered.` : "Nothing to ask today.";
  const title = Object.assign(document.createElement("h2"), { textContent: words, tabIndex: -1 });
  card.dataset.form = "ended";
  card.replaceChildren(title);
  for (const link of root.querySelectorAll("[data-ended]")) link.hidden = false;
  title.focus({ preventScroll: true });
  if (last) outbox.send().then((how) => { if (how === "sent") anew(); });
}

/** What is likely known, as it is after today's answers. */
async function anew() {
  const shown = document.getElementById("known");
  if (!shown) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("known");
  if (fresh) shown.replaceWith(fresh);
}

function answered(rating) {
  const item = items.shift();
  const event = { id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, at: new Date().toISOString(), token: item.token, rating };
  last = { item, id: event.id };
  back.hidden = false;
  keep();
  outbox.add(event);
}

function undo() {
  if (!last) return;
  items.unshift(last.item);
  outbox.add({ id: last.id, undo: true });
  last = null;
  for (const link of root.querySelectorAll("[data-ended]")) link.hidden = true;
  keep();
  draw();
}

back.addEventListener("click", (event) => {
  event.preventDefault();
  undo();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, select, textarea")) return;
  if (/^[1-4]$/.test(event.key)) {
    card.querySelector(`[data-key="${event.key}"]`)?.click();
  } else if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    card.querySelector("[data-main]")?.click();
  } else if (event.key === "u" && !data) {
    undo(); // on the page itself, keys.js presses the button
  }
});

// What an earlier page left has arrived only now: the questions were made without it.
if (await outbox.begin() && !outbox.waiting && data) location.reload();
// What is still on its way is not asked again.
const answeredAlready = new Set(outbox.events.map((event) => event.token));
items = today.items.filter((item) => !answeredAlready.has(item.token));
total = items.length;
root.querySelector("[data-form-only]")?.remove();
root.classList.add("alive");
draw();
keep();
startWorker();
