// Signals: which ones were in fact on the screen is told once; and lists that keep themselves up to
// date leave alone what somebody is just filling in.
const LOOKED = 1000;
const visible = new Set();
let timer = 0;

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) visible.add(target);
    else visible.delete(target);
  }
  clearTimeout(timer);
  if (visible.size) timer = setTimeout(tell, LOOKED);
}, { threshold: 0.3 });

function watch() {
  for (const each of document.querySelectorAll("[data-unseen]")) watcher.observe(each);
}

async function tell() {
  if (document.visibilityState !== "visible") return;
  const told = new FormData();
  const shown = [...visible].filter((each) => each.isConnected && each.dataset.unseen);
  visible.clear();
  if (!shown.length) return;
  for (const each of shown) told.append("signal", each.dataset.unseen);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch("/signals/seen", { method: "POST", body: told, headers: { "X-CSRFToken": token }, keepalive: true });
  if (!answer.ok) return;
  for (const each of shown) {
    watcher.unobserve(each);
    delete each.dataset.unseen;
  }
}

const busy = (live) => live.querySelector("details.quick[open]") || live.querySelector("input:focus:not([type=hidden]), textarea:focus");

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, pathInfo } = event.detail;
  const live = target.closest?.("[data-live]");
  if (!live) return;
  // Somebody who was signed out is led elsewhere; then this page is over.
  if (new URL(xhr.responseURL).pathname !== new URL(pathInfo.finalRequestPath, location.href).pathname) location.reload();
  // Asked again in a while: it still says the old version.
  if (busy(live)) event.detail.shouldSwap = false;
});
document.body.addEventListener("htmx:afterSwap", watch);
document.addEventListener("visibilitychange", () => { if (visible.size) tell(); });
document.addEventListener("toggle", (event) => {
  if (event.target.open) event.target.querySelector("[data-first]")?.focus();
}, true);
watch();
