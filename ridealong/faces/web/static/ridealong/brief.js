// The brief is edited by keys: Alt and the arrows move a deal, h hides it, r remarks on it.
const told = () => document.querySelector(".told:focus-within") ?? document.querySelector(".told.at");
const acts = { ArrowUp: "[data-up]", ArrowDown: "[data-down]" };
const plain = { h: "[data-hide]", r: "[data-say]" };
let moving = "";

document.addEventListener("keydown", (event) => {
  const row = told();
  if (!row || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (!event.altKey && event.target.closest("input, select, textarea")) return;
  const wanted = event.altKey ? acts[event.key] : plain[event.key];
  const button = wanted && row.querySelector(wanted);
  if (!button) return;
  event.preventDefault();
  button.click();
  if (event.key === "r") row.querySelector(".saying input[name=text]")?.focus();
});

document.body.addEventListener("htmx:beforeRequest", (event) => {
  moving = event.target.closest?.(".told")?.id ?? "";
});

// The deal that moved keeps the focus, wherever it stands now.
document.body.addEventListener("htmx:afterSettle", () => {
  const row = moving && document.getElementById(moving);
  if (!row) return;
  moving = "";
  row.classList.add("at");
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
});
