// What is shown, as it stands in the address: filters narrow everything, a selection picks evidence.

const FILTERS = ["actor", "with", "family", "kind", "standing", "from", "to", "source", "sure", "q"];
const PICKS = ["a", "b", "src", "tgt", "kind", "family", "standing", "firm", "from", "to", "story", "point", "turn", "change", "ids"];
const OTHERS = ["compare", "order"];
const MANY = new Set(["family", "standing"]);

function readState(hash) {
  const state = { pick: {} };
  const text = hash.replace(/^#/, "");
  const named = text.match(/^claim-([0-9a-f]{20})$/);
  if (named) return { pick: { ids: named[1] } };
  const parameters = new URLSearchParams(text);
  for (const [name, value] of parameters) {
    if (!value || (/^(pick\.)?(from|to)$/.test(name) && !isDay(value))) continue;
    if (FILTERS.includes(name) || OTHERS.includes(name)) state[name] = value;
    else if (name.startsWith("pick.") && PICKS.includes(name.slice(5))) state.pick[name.slice(5)] = value;
  }
  if (!state.actor && DATA.scope.length) {
    state.actor = DATA.scope[0];
    if (DATA.scope.length > 1) state.with = DATA.scope[1];
  }
  if (state.with && !state.actor) [state.actor, state.with] = [state.with, undefined];
  return state;
}

// A day, a month or a year that there is: "2026-02-30" is none.
function isDay(text) {
  if (!/^\d{4}(-\d\d(-\d\d)?)?$/.test(text)) return false;
  const at = new Date(`${text}-01-01`.slice(0, 10));
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function writeState(state) {
  const parameters = new URLSearchParams();
  for (const name of [...FILTERS, ...OTHERS]) if (state[name] && !isScope(name, state)) parameters.set(name, state[name]);
  for (const name of PICKS) if (state.pick[name]) parameters.set(`pick.${name}`, state.pick[name]);
  return `#${parameters}`;
}
function isScope(name, state) {
  const place = ["actor", "with"].indexOf(name);
  return place >= 0 && state.actor === DATA.scope[0] && state[name] === DATA.scope[place];
}
// The address of what is shown now with some of it changed; a change of filters ends the selection.
const linkTo = (changes) => writeState({ ...STATE, pick: {}, ...changes });
const linkToPick = (pick) => writeState({ ...STATE, pick });
const linkToNothing = () => writeState({ pick: {} });
function chosen(state, name) {
  return state[name] ? state[name].split(",") : [];
}
function toggled(state, name, value) {
  const values = chosen(state, name);
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return next.join(",") || undefined;
}

// Dates are as precise as they are: "2026-02" lies within "2026-02-01" to "2026-02-28".
function isWithin(day, from, to) {
  if (!from && !to) return true;
  if (!day) return false;
  const cut = (one, other) => one.slice(0, Math.min(one.length, other.length));
  return (!from || cut(day, from) >= cut(from, day)) && (!to || cut(day, to) <= cut(to, day));
}

function makeFilter(state) {
  const families = chosen(state, "family");
  const standings = chosen(state, "standing");
  const least = Number(state.sure) || 0;
  const wanted = (state.q || "").toLowerCase().split(/\s+/).filter(Boolean);
  const isTieIn = (tie) =>
    (!state.actor || tie.pair.includes(state.actor)) &&
    (!state.with || tie.pair.includes(state.with)) &&
    (!families.length || families.includes(tie.family)) &&
    (!state.kind || tie.kind.id === state.kind) &&
    (!standings.length || standings.includes(tie.standing));
  const isClaimIn = (claim) =>
    isWithin(claim.article.published, state.from, state.to) &&
    claim.sure >= least &&
    (!state.source || claim.article.outlet === state.source) &&
    (!wanted.length || isTold(claim, wanted));
  return CLAIMS.filter(((kept) => (claim) => {
    if (!kept.has(claim.tie)) kept.set(claim.tie, isTieIn(claim.tie));
    return kept.get(claim.tie) && isClaimIn(claim);
  })(new Map()));
}
function isTold(claim, wanted) {
  const words = [
    paragraphOf(claim), claim.article.title, nameOf(claim.tie.source), nameOf(claim.tie.target), claim.tie.kind.label, namesOf(claim.by),
  ].join(" ").toLowerCase();
  return wanted.every((word) => words.includes(word));
}

function pickFrom(claims, pick) {
  if (pick.ids) {
    const ids = pick.ids.split(",");
    const inside = claims.filter((claim) => ids.includes(claim.id));
    return inside.length ? inside : ids.map((id) => CLAIM_OF.get(id)).filter(Boolean);
  }
  if (pick.point || pick.turn) return curveClaims(pick);
  if (pick.change) return freshClaims(pick);
  const standings = pick.standing ? pick.standing.split(",") : null;
  return claims.filter((claim) => {
    const { tie, article } = claim;
    return (!pick.a || tie.pair.includes(pick.a)) &&
    (!pick.b || tie.pair.includes(pick.b)) &&
    (!pick.src || tie.source === pick.src) &&
    (!pick.tgt || tie.target === pick.tgt) &&
    (!pick.kind || tie.kind.id === pick.kind) &&
    (!pick.family || tie.family === pick.family) &&
    (!standings || standings.includes(tie.standing)) &&
    (!pick.story || String(article.story) === pick.story) &&
    (!pick.firm || isFirmly(claim) === (pick.firm === "yes")) &&
    isWithin(article.published, pick.from, pick.to);
  });
}
// What an article says in its own voice of a tie that nobody is known to deny.
const isFirmly = (claim) => claim.tie.standing === "asserted" && claim.status === "asserted" && !claim.negated;
const hasPick = (state) => Object.keys(state.pick).length > 0;

function pickWords(pick) {
  const words = [];
  if (pick.src && pick.tgt) words.push(`${nameOf(pick.src)} → ${nameOf(pick.tgt)}`);
  else if (pick.a && pick.b) words.push(pairWords([pick.a, pick.b]));
  else if (pick.a || pick.src) words.push(nameOf(pick.a || pick.src));
  const kind = KINDS.find((one) => one.id === pick.kind);
  if (kind) words.push(kind.label.toLowerCase());
  if (pick.family) words.push(pick.family);
  if (pick.firm) words.push(pick.firm === "yes" ? "asserted" : "not asserted");
  if (pick.standing) words.push(pick.standing.split(",").join(" or "));
  if (pick.from || pick.to) words.push(periodWords(pick.from, pick.to));
  if (pick.point) words.push(`${unitWords(pick.point)} of the curve`);
  if (pick.turn) words.push(`what speaks for the change of ${unitWords(pick.turn)}`);
  if (pick.change) words.push("what is new of it");
  if (pick.story) words.push("one story and its copies");
  if (pick.ids) words.push(count(pick.ids.split(",").length, "chosen claim"));
  return words.join(", ");
}
// The filters that a selection stands for.
function narrowed(state) {
  const { a, b, src, tgt, kind, family, standing, from, to } = state.pick;
  const changes = {};
  if (a || src) [changes.actor, changes.with] = [a || src, b || tgt];
  if (kind) changes.kind = kind;
  if (family) changes.family = family;
  if (standing) changes.standing = standing;
  if (from) changes.from = from;
  if (to) changes.to = to;
  return changes;
}
