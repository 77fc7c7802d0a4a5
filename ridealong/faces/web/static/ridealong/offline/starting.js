// The service worker, where the browser has them: on https and on this machine.
export async function startWorker() {
  try {
    await navigator.serviceWorker?.register("/sw.js");
  } catch {
    // Without it the page still goes on once opened; it only cannot be opened anew.
  }
}
