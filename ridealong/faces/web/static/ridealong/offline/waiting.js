// Says how much waits for the network, and where it is meanwhile.

/** Return what to call when it changed. `place`: shown in; `keeps`: on the device; `one`, `many`: what waits. */
export const waitingIn = (place, { keeps, one, many }) => (count, how) => {
  place.hidden = !count;
  if (!count) return;
  const what = count === 1 ? `1 ${one}` : `${count} ${many}`;
  const where = keeps ? "on this device, encrypted" : "on this page: leave it open";
  place.textContent = how === "sign-in" ? `${what}: sign in again to send.` : `${what} ${where}, for the network.`;
};
