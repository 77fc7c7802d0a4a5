// Ctrl/⌘ K: finds as one types, by keyboard alone.
const WAIT = 80;

export function palette(dialog) {
  if (!dialog || dialog.open) return;
  const input = dialog.querySelector("input");
  const lines = dialog.querySelector("[role=listbox]");
  dialog.showModal();
  input.value = "";
  input.focus();
  if (!dialog.dataset.ready) {
    dialog.dataset.ready = "yes";
    input.addEventListener("input", () => later(input, lines));
    input.addEventListener("keydown", (event) => pressed(event, input, lines));
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
  show(input, lines);
}

let timer = 0;
let asked = 0;

function later(input, lines) {
  clearTimeout(timer);
  timer = setTimeout(() => show(input, lines), WAIT);
}

async function show(input, lines) {
  const mine = ++asked;
  const answer = await fetch(`${input.dataset.address}?q=${encodeURIComponent(input.value)}`);
  // A slower answer to an older question must not replace a newer one.
  if (mine !== asked || !answer.ok) return;
  lines.innerHTML = await answer.text();
  choose(input, lines, 0);
}

function choose(input, lines, place) {
  const options = [...lines.querySelectorAll("[role=option]")];
  options.forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
  const chosen = options[place];
  input.setAttribute("aria-activedescendant", chosen?.id ?? "");
  chosen?.scrollIntoView({ block: "nearest" });
}

function pressed(event, input, lines) {
  const options = [...lines.querySelectorAll("[role=option]")];
  const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(input, lines, Math.min(options.length - 1, Math.max(0, place + step)));
  } else if (event.key === "Enter" && options[place]) {
    event.preventDefault();
    location.assign(options[place].href);
  }
}
