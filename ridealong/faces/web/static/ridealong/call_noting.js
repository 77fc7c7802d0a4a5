// What is noted in a call: questions without an answer, and promises. Each once, also without a network.
import { make } from "./making.js";

const identity = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
const field = (label, more) => {
  const input = make("input", "", { autocomplete: "off", maxLength: 500, ...more });
  input.setAttribute("aria-label", label);
  return input;
};

/** A form of one line; `done` hears that it was sent. */
function oneLine(inputs, words, done) {
  const form = make("form", [...inputs, make("button", words, { className: "button" })], { className: "inline" });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done();
  });
  return form;
}

export class Notes {
  #outbox; #list; #names; #done;
  #notes = [];

  /** `list`: where they are shown; `names`: of deals, by id; `done`: called when one was written. */
  constructor({ outbox, list, names, done }) {
    this.#outbox = outbox;
    this.#list = list;
    this.#names = names;
    this.#done = done;
  }

  /** Take up what an earlier page left unsent. */
  begin() {
    for (const event of this.#outbox.events) {
      if (event.kind) this.#notes.unshift({ ...event });
      const meant = this.#notes.find((note) => note.id === event.id);
      if (event.words && meant) meant.text = event.words;
      if (event.undo) this.#notes = this.#notes.filter((note) => note.id !== event.id);
    }
    this.#draw();
  }

  /** Keep at once that there was a question; what was asked can be said after. */
  question(deal, jot, { byKey }) {
    const note = this.#keep({ kind: "question", deal: deal.id, text: "" });
    const words = field("What was asked", { placeholder: "What was asked, if you like" });
    const form = oneLine([words], "Add", () => {
      const text = words.value.trim();
      if (text) {
        note.text = text;
        this.#outbox.add({ id: note.id, words: text });
        this.#draw();
      }
      this.#said(jot, "Question kept.");
    });
    jot.replaceChildren(make("p", "Question kept.", { className: "good", role: "status" }), form);
    if (byKey) words.focus();
  }

  promise(deal, jot) {
    const words = field("What did you promise?", { placeholder: "What did you promise?", required: true });
    const due = field("By which day, if any", { type: "date" });
    jot.replaceChildren(oneLine([words, due], "Keep", () => {
      this.#keep({ kind: "promise", deal: deal.id, text: words.value.trim(), due: due.value });
      this.#said(jot, "Promise kept.");
    }));
    words.focus();
  }

  undoLast() {
    if (this.#notes.length) this.#undo(this.#notes[0]);
  }

  #keep(said) {
    const note = { id: identity(), at: new Date().toISOString(), ...said };
    this.#notes.unshift(note);
    this.#outbox.add({ ...note });
    this.#draw();
    return note;
  }

  #said(jot, words) {
    jot.replaceChildren(make("p", words, { className: "good", role: "status" }));
    this.#done();
  }

  #undo(note) {
    this.#notes = this.#notes.filter((each) => each !== note);
    this.#outbox.add({ id: note.id, undo: true });
    this.#draw();
  }

  #draw() {
    this.#list.closest("[data-noted]").hidden = !this.#notes.length;
    this.#list.replaceChildren(...this.#notes.map((note) => {
      const what = note.kind === "question" ? `Asked: ${note.text || "a question that had no answer"}` : note.text;
      const about = this.#names.get(note.deal) ?? "";
      const undo = make("button", "Undo", { type: "button", className: "quiet", ariaLabel: `Undo: ${what}` });
      undo.dataset.undo = "";
      undo.addEventListener("click", () => this.#undo(note));
      return make("li", [make("div", [make("strong", what, { dir: "auto" }), make("p", [about, note.due ? ` · by ${note.due}` : ""], { className: "faint", dir: "auto" })]), undo]);
    }));
  }
}
