// Finds deals by what somebody types: beginnings of words of the deal, its company, the buyer's
// people, or whoever carries it. Works on what the page has, and asks nobody.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
const words = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const WITHIN = 10;

/** Make what `find` looks through; those that matter most first. */
export const indexed = (deals) => deals.map((deal) => ({
  deal,
  name: plain(deal.name),
  // The first that meets counts most.
  fields: [deal.name, deal.company ?? "", (deal.people ?? []).join(" "), deal.salesperson ?? ""].map(words),
}));

/** How well one word meets a deal: 0 best, Infinity not at all. */
function met(fields, asked) {
  const begins = fields.findIndex((field) => field.some((word) => word.startsWith(asked)));
  if (begins >= 0) return begins;
  const within = fields.findIndex((field) => field.some((word) => word.includes(asked)));
  return within >= 0 ? within + WITHIN : Infinity;
}

/** Return the deals that all words of `typed` meet, the best first. */
export function find(entries, typed) {
  const asked = words(typed);
  const whole = plain(typed.trim());
  const ranked = entries.map(({ deal, name, fields }) => ({
    deal,
    rank: name.startsWith(whole) ? -1 : Math.max(...asked.map((word) => met(fields, word))),
  }));
  return ranked.filter(({ rank }) => rank < Infinity).sort((a, b) => a.rank - b.rank).map(({ deal }) => deal);
}
