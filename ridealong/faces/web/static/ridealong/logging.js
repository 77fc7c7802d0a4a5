// c: the entry of a conversation in a dialog, the same form as on its page.
const dialog = document.getElementById("logging");

/** Open the form that a link leads to; false where its page is open already. */
export function logging(link) {
  if (!link || !dialog || dialog.open || document.querySelector("main [data-logging]")) return false;
  open(link.href);
  return true;
}

async function open(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) {
    location.assign(address);
    return;
  }
  dialog.innerHTML = await answer.text();
  window.htmx.process(dialog);
  prepare(dialog);
  dialog.showModal();
  dialog.querySelector("input[name=whom]:checked, #whom input:not([hidden])")?.focus();
}

function prepare(root) {
  const narrow = root.querySelector("[data-narrow]");
  if (!narrow) return;
  narrow.hidden = false;
  const names = [...root.querySelectorAll("#whom .tap")];
  narrow.addEventListener("input", () => {
    const typed = narrow.value.trim().toLowerCase();
    for (const name of names) name.hidden = !name.textContent.toLowerCase().includes(typed);
  });
  narrow.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    names.find((name) => !name.hidden)?.querySelector("input").click();
  });
}

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[data-close]")) {
    event.preventDefault();
    dialog.close();
  }
});
prepare(document);
