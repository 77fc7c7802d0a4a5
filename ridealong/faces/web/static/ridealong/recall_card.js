// One question on the page: shown, answered, and what was right. Knows no network and no store.
import { make } from "./making.js";

const CLOSE = 0.05;
const ROUGH = 0.2;

/** The amount somebody typed, as the server reads it too (views/recall/grading.py); NaN for none. */
export function amountMeant(text) {
  const found = text.match(/(\d[\d.,'’\s]*)\s*(k|t|thousand|tsd|m|mn|mio|million)?/i);
  if (!found) return NaN;
  const digits = found[1].replace(/^[\s.,]+|[\s.,]+$/g, "");
  const unit = (found[2] ?? "").toLowerCase();
  const grouped = /^\d{1,3}([.,'’\s]\d{3})+$/.test(digits) && !unit;
  const number = grouped ? Number(digits.replace(/\D/g, "")) : parseFloat(digits.replaceAll(",", ".").replace(/[^\d.]/g, "")) || 0;
  return unit ? number * (unit.startsWith("m") ? 1_000_000 : 1_000) : number;
}

export function typedRating(text, amount) {
  const off = Math.abs(amountMeant(text) - amount) / amount;
  if (off <= CLOSE) return 3;
  return off <= ROUGH ? 2 : 1;
}

const press = (words, act, { key = "", main = false } = {}) => {
  const button = make("button", [key && make("kbd", key), key && " ", words], { type: "button", className: main ? "button" : "option" });
  button.addEventListener("click", act);
  if (key) button.dataset.key = key;
  if (main) button.dataset.main = "";
  return button;
};
const GRADES = ["Not known", "Hardly", "Known", "At once"];

/** Where it is said so: the deal, and what shows it. */
function source(item) {
  const link = make("a", item.called, { href: `/deals/${item.deal}${item.place && "#"}${item.place}` });
  return make("p", ["From ", link, item.company && !item.called.includes(item.company) ? ` · ${item.company}` : ""], { className: "faint" });
}

/**
 * Show a question in `root`. `answered(rating)` is called once, when it is answered; `next()` when
 * whoever answered goes on.
 */
export function show(root, item, { answered, next }) {
  const title = make("h2", item.words, { tabIndex: -1 });
  const below = make("div", "", { className: "answering", ariaLive: "polite" });
  root.replaceChildren(title, below);
  root.dataset.form = item.state === "changed" ? "changed" : item.form;
  const told = (...verdict) => below.replaceChildren(...verdict, make("p", item.told, { className: "answer-told" }), source(item));
  const graded = (rating) => { answered(rating); next(); };
  const said = (rating, words) => {
    answered(rating);
    const [verdict, tone] = [["Not quite.", "bad"], ["Roughly.", "fair"], ["Right.", "good"]][rating - 1];
    const mine = rating < 3 ? [make("p", `You said: ${words}`, { className: "said" })] : [];
    told(make("p", verdict, { className: `verdict ${tone}` }), ...mine);
    const on = press("Next", next, { main: true });
    below.append(on);
    on.focus();
  };
  if (item.state === "changed") {
    below.append(
      make("p", "This has changed.", { className: "verdict fair" }),
      make("p", make("s", item.before), { className: "told before" }),
      make("p", item.told, { className: "answer-told" }),
      source(item),
      press("Got it", () => graded(2), { main: true }),
    );
  } else if (item.form === "chosen") {
    const options = item.options.map((words, place) =>
      press(words, () => said(place === item.right ? 3 : 1, words), { key: String(place + 1) }));
    below.append(make("div", options, { className: "options" }));
  } else if (item.form === "typed") {
    const input = make("input", "", { inputMode: "text", autocomplete: "off", placeholder: "such as 120k" });
    input.setAttribute("aria-label", item.words);
    const form = make("form", [input, make("button", "Answer", { className: "button" })], { className: "inline" });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (input.value.trim()) said(typedRating(input.value, item.amount), input.value);
    });
    below.append(form);
    input.focus();
    return;
  } else {
    below.append(press("Show the answer", () => {
      told();
      const grades = GRADES.map((words, place) => press(words, () => graded(place + 1), { key: String(place + 1) }));
      below.append(make("div", grades, { className: "options grades" }));
      title.focus({ preventScroll: true });
    }, { main: true }));
  }
  title.focus({ preventScroll: true });
}
