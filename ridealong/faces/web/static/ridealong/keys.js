// Keys, the palette, and forms that send themselves. Every page works without this file too.
import { logging } from "./logging.js";
import { palette } from "./palette.js";
import "./brief.js";
import "./signals.js";

const typing = (target) => target.closest("input, select, textarea, [contenteditable]");
const menus = () => document.querySelectorAll(":is(details.quick, details.person, details.screens)[open]");
const rows = () => [...document.querySelectorAll("[data-row]")];
const keys = document.getElementById("keys");
const find = document.getElementById("palette");
let place = -1;
let went = 0;

if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  for (const mark of document.querySelectorAll("[data-mod]")) mark.textContent = "⌘ K";
}

function go(step) {
  const all = rows();
  if (!all.length) return;
  all[place]?.classList.remove("at");
  place = Math.min(all.length - 1, Math.max(0, place + step));
  const row = all[place];
  row.classList.add("at");
  // What Enter is to do there: open the deal, or give the likeliest answer.
  const first = ["button.button", "a", "input", "button"].map((kind) => row.querySelector(kind));
  (row.matches("a") ? row : first.find(Boolean))?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

const acts = {
  j: () => go(1),
  k: () => go(-1),
  "/": () => (document.getElementById("text") ?? document.querySelector("[data-palette]")).focus(),
  "?": () => keys.showModal(),
  c: () => logging(document.querySelector("[data-log]")),
  b: () => document.querySelector(".views a:not([aria-current])")?.click(),
  u: () => document.querySelector("[data-undo]")?.click(),
  g: () => { went = Date.now(); },
};
const places = { t: "/today", b: "/brief", a: "/call", p: "/pipeline", f: "/forecast", n: "/signals", e: "/people", d: "/recall", m: "/members", r: "/ride-alongs", i: "/import", s: "/sources", c: "/confirm" };

document.addEventListener("keydown", (event) => {
  if (!find) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    palette(find);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Escape") {
    for (const open of menus()) {
      open.open = false;
      if (open.contains(document.activeElement)) open.querySelector("summary").focus();
    }
    return;
  }
  if (Date.now() - went < 1000 && places[event.key]) {
    went = 0;
    location.assign(places[event.key]);
    return;
  }
  const act = acts[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

document.addEventListener("click", (event) => {
  const log = event.target.closest("[data-log]");
  if (log && !event.ctrlKey && !event.metaKey && logging(log)) event.preventDefault();
  if (event.target.closest("[data-palette]")) palette(find);
  if (event.target.closest("[data-keys]")) keys.showModal();
  for (const open of menus()) if (!open.contains(event.target)) open.open = false;
});

// A menu that the keys have left is closed, as it is by a click beside it.
document.addEventListener("focusin", (event) => {
  for (const open of menus()) if (!open.contains(event.target)) open.open = false;
});

// Whoever is typing goes on typing; whoever has left the field meanwhile is not put back.
let typed = false;
document.body.addEventListener("htmx:beforeSwap", () => { typed = document.activeElement?.id === "text"; });
document.body.addEventListener("htmx:afterSwap", () => {
  place = -1;
  const text = document.getElementById("text");
  if (typed && text?.value) {
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  }
});

const zone = document.querySelector("[data-zone] select[name=time_zone]");
if (zone && zone.value === "UTC") {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((option) => option.value === here)) zone.value = here;
}

const drop = document.querySelector("[data-drop]");
if (drop) {
  const files = drop.querySelector("input[type=file]");
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop") files.files = event.dataTransfer.files;
    });
  }
  drop.addEventListener("submit", (event) => {
    event.preventDefault();
    const bar = drop.querySelector("progress");
    bar.hidden = false;
    const sending = new XMLHttpRequest();
    sending.upload.addEventListener("progress", (step) => { bar.value = (100 * step.loaded) / step.total; });
    sending.addEventListener("load", () => location.assign(sending.responseURL));
    sending.addEventListener("error", () => HTMLFormElement.prototype.submit.call(drop));
    sending.open("POST", drop.action || location.href);
    sending.send(new FormData(drop));
  });
}
