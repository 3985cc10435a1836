// The evidence: each passage in its paragraph, with all that is claimed on it.

const PAGE = 40;
const WHOLE = 2500;
const ORDERS = { newest: "Newest first", oldest: "Oldest first", surest: "Surest first" };
let SHOWN = PAGE;

// Claims on one passage stand together, and so do copies that say the very same.
function makeCards(claims, order) {
  const cards = [...groupBy(claims, (claim) => `${claim.article.story} ${claim.paragraph} ${claim.start} ${claim.end}`).values()].map((told) => {
    const articles = [...new Set(told.map((claim) => claim.article))].sort((one, other) => (one.published < other.published ? -1 : one.published > other.published ? 1 : one.number - other.number));
    const statements = [...groupBy(told, (claim) => JSON.stringify([claim.tie.number, claim.status, claim.negated, claim.by, claim.denied, claim.notes])).values()].map((same) => same[0]);
    return { told, articles, statements, first: told[0], sure: Math.max(...told.map((claim) => claim.sure)) };
  });
  const day = (card) => card.articles[0].published;
  const newest = (one, other) => (day(one) < day(other) ? 1 : day(one) > day(other) ? -1 : 0);
  const inText = (one, other) => one.first.article.number - other.first.article.number || one.first.paragraph - other.first.paragraph || one.first.start - other.first.start;
  return cards.sort((one, other) =>
    (order === "oldest" ? newest(other, one) : order === "surest" ? other.sure - one.sure || newest(one, other) : newest(one, other)) || inText(one, other));
}

function voiceOf(claim) {
  const by = claim.by.length ? namesOf(claim.by) : "";
  const voices = [h("span", { class: `voice ${claim.status}` }, `${capital(claim.status)}${by && claim.status === "alleged" ? ` by ${by}` : ""}`)];
  if (claim.negated) voices.push(h("span", { class: "voice not" }, "Says it is not so"));
  if (claim.denied.length) voices.push(h("span", { class: "voice denied" }, `Denied by ${namesOf(claim.denied)}`));
  const notes = [...claim.notes];
  if (by && claim.status !== "alleged") notes.unshift(`according to ${by}`);
  return [voices, notes.map((note) => h("span", { class: "note" }, note)), h("span", { class: "note sure", title: "The chance that a careful reader would list this claim" }, `${claim.sure}% sure`)];
}

function statementOf(claim) {
  const { tie } = claim;
  return h("div", { class: "statement", id: `claim-${claim.id}` },
    h("h3", null, kindMark(tie.kind), " ", h("a", { href: linkToPick({ src: tie.source, tgt: tie.target, kind: tie.kind.id }) }, tieWords(tie))),
    h("p", { class: "voices" }, voiceOf(claim)),
    tie.standing !== claim.status || tie.claims.length > 1 ? h("p", { class: "whole" }, `In all: ${standingWords(tie).replace(/^./, (letter) => letter.toLowerCase())}; ${supportWords(tie.claims)}`) : null);
}

function quoteOf(card) {
  const text = paragraphOf(card.first);
  const { start, end } = card.first;
  const least = STATUSES[Math.max(...card.statements.map((claim) => STATUSES.indexOf(claim.status)))];
  // a paragraph without an end is shown as far as anybody reads
  const before = start > WHOLE ? `… ${text.slice(start - WHOLE, start).replace(/^\S*\s/, "")}` : text.slice(0, start);
  const after = text.length - end > WHOLE ? `${text.slice(end, end + WHOLE).replace(/\s\S*$/, "")} …` : text.slice(end);
  return h("blockquote", { class: least }, h("p", null, before, h("mark", null, text.slice(start, end)), after));
}

// The paragraph once more, as it stood before cleaning.
function editsOf(card) {
  const edits = DATA.edits[card.first.paragraph];
  if (!edits) return null;
  const text = paragraphOf(card.first);
  const parts = [];
  let at = 0;
  for (const [place, original, more, replacement, rule] of edits) {
    if (place > at) parts.push(place - at > 160 ? `${at ? text.slice(at, at + 60) : ""} … ${text.slice(place - 60, place)}` : text.slice(at, place));
    const [name, reason] = DATA.rules[rule];
    const title = `${name}${reason ? `: ${reason}` : ""}`;
    if (original) parts.push(h("del", { title }, more ? `${original} … and ${count(more, "more character")}` : original));
    if (replacement) parts.push(h("ins", { title }, text.slice(place, place + replacement.length)));
    at = place + (text.startsWith(replacement, place) ? replacement.length : 0);
  }
  parts.push(text.length - at > 90 ? `${text.slice(at, at + 60)} …` : text.slice(at));
  const rules = [...new Set(edits.map(([, , , , rule]) => DATA.rules[rule][0]))];
  return h("details", { class: "edits" }, h("summary", null, `Cleaning changed ${count(edits.length, "passage")} here`),
    h("p", { class: "before" }, parts), h("p", { class: "hint" }, `Struck out: removed. Underlined: put in. Rules: ${rules.join(", ")}.`));
}

function articleWords(article) {
  return [h("cite", null, article.title), " ", article.href ? h("a", { href: article.href, rel: "noopener noreferrer nofollow" }, article.outlet) : null, `, ${dateWords(article.published)}`];
}
function sourceOf(card) {
  const [first, ...copies] = card.articles;
  const story = STORIES.get(first.story);
  const others = story.filter((article) => !card.articles.includes(article));
  return h("p", { class: "from" }, articleWords(first),
    copies.length ? [h("span", { class: "copy" }, `; word for word in ${copies.length === 1 ? "a copy" : "copies"}, counted once: `), copies.map((article, number) => [number ? "; " : "", articleWords(article)])] : null,
    others.length ? [" ", h("a", { class: "copy", href: linkToPick({ story: String(first.story) }) }, `one story in ${count(story.length, "article")}`), linkWords(first)] : null);
}
// Why an article is no voice of its own.
const REASONS = { copy: "copied", "same-page": "of the same page", "same-credit": "credited to the same outlet", credited: "one credits the other", retold: "retold without a source of its own" };
function linkWords(article) {
  const links = LINKS.get(article.number) || [];
  const told = [...new Set(links.map(([reason, origin]) => `${REASONS[reason] || reason}${origin ? `: ${origin}` : ""}`))];
  const shares = links.map(([, , share]) => share).filter((share) => share !== null);
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  if (shares.length) told.push(`${least === most ? "" : `${least}–`}${most}% of the later one's words are the same`);
  return told.length ? ` (${told.join("; ")})` : "";
}

function cardOf(card) {
  return h("li", { class: "card" }, card.statements.map(statementOf), quoteOf(card), sourceOf(card), editsOf(card));
}

function drawEvidence(claims, state) {
  const picked = hasPick(state) ? pickFrom(claims, state.pick) : claims;
  const cards = makeCards(picked, state.order);
  byId("evidence-h").textContent = hasPick(state) ? pickWords(state.pick) : "Evidence";
  const words = `${count(picked.length, "claim")} on ${count(cards.length, "passage")}, ${supportWords(picked)}`;
  byId("evidence-count").textContent = picked.length ? words : "Nothing that was read fits these filters.";
  const actions = [];
  if (hasPick(state)) {
    actions.push(h("a", { class: "chip", href: linkToPick({}) }, "Back to all evidence"));
    const changes = narrowed(state);
    if (Object.keys(changes).length) actions.push(h("a", { class: "chip", href: linkTo(changes) }, "Narrow the dossier to this"));
  }
  byId("evidence-actions").replaceChildren(...actions);
  const list = byId("cards");
  list.replaceChildren(...cards.slice(0, SHOWN).map(cardOf));
  const more = byId("evidence-more");
  more.replaceChildren();
  if (cards.length > SHOWN) {
    more.append(h("button", { type: "button", class: "more", onclick: () => {
      const from = SHOWN;
      SHOWN += PAGE * 2;
      drawEvidence(claims, state);
      const next = list.children[from];
      next.setAttribute("tabindex", "-1");
      next.focus();
    } }, `Show ${figure(Math.min(PAGE * 2, cards.length - SHOWN))} more of ${figure(cards.length)} passages`));
  }
}
