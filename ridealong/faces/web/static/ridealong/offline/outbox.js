// What was done on this device and is still to be told to the server: in order, each once.
const AGAIN = 20_000;

/** The token that the server gave this browser: a page that was opened without a network has none. */
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

export class Outbox {
  #vault; #name; #address; #holder;
  #events = [];
  #sending = null;
  #told;

  /** `name`: under which the vault keeps it; `holder`: whose it is; `told`: called when it changed. */
  constructor({ vault, name, address, holder, told = () => {} }) {
    this.#vault = vault;
    this.#name = name;
    this.#address = address;
    this.#holder = holder;
    this.#told = told;
  }

  /** Take up what an earlier page left, and send whenever there is a network; say how much it was. */
  async begin() {
    this.#events = (await this.#vault.get(this.#name)) ?? [];
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.send(); });
    setInterval(() => { if (this.waiting) this.send(); }, AGAIN);
    const left = this.waiting;
    await this.send();
    return left;
  }

  get waiting() { return this.#events.length; }
  get events() { return [...this.#events]; }

  async add(event) {
    this.#events.push(event);
    await this.#changed();
    this.send();
  }

  /** Send what waits; what could not be sent stays. Returns "sent", "later" or "sign-in". */
  async send() {
    this.#sending ??= this.#send().finally(() => { this.#sending = null; });
    return this.#sending;
  }

  async #send() {
    while (this.#events.length) {
      const events = this.events.slice(0, 100);
      let answer;
      try {
        answer = await fetch(this.#address, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
          body: JSON.stringify({ holder: this.#holder, events }),
          redirect: "manual",
        });
      } catch {
        return this.#say("later");
      }
      // Led elsewhere: the session is over. What waits stays until the same person is back.
      if (answer.type === "opaqueredirect" || answer.status === 403) return this.#say("sign-in");
      if (answer.status === 409) this.#events = []; // somebody else is here now
      else if (!answer.ok) return this.#say("later");
      else this.#events = this.#events.filter((event) => !events.includes(event));
      await this.#changed();
    }
    return this.#say("sent");
  }

  #say(how) {
    this.#told(this.waiting, how);
    return how;
  }

  async #changed() {
    await this.#vault.put(this.#name, this.#events);
    this.#told(this.waiting, "");
  }
}
