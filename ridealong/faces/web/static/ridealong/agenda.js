// A 1:1 by keyboard; ticks outlast a reload until the conversation is kept.
const form = document.querySelector("[data-agenda]");
const place = `agenda:${form.dataset.agenda}`;
const boxes = [...form.querySelectorAll("input[name=item]")];
const ticked = new Set(JSON.parse(sessionStorage.getItem(place) ?? "[]"));

for (const box of boxes) box.checked ||= ticked.has(box.value);

form.addEventListener("change", () => {
  sessionStorage.setItem(place, JSON.stringify(boxes.filter((b) => b.checked).map((b) => b.value)));
});
form.addEventListener("submit", () => sessionStorage.removeItem(place));

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  if (event.key === "x") {
    const box = document.querySelector("[data-row].at input[name=item]");
    if (!box) return;
    event.preventDefault();
    box.click();
  } else if (event.key === "n") {
    event.preventDefault();
    form.elements.guidance.focus();
  }
});
