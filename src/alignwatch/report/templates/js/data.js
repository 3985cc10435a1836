// What the page is made of: the data, its words, and the making of elements.

const DATA = JSON.parse(document.getElementById("data").textContent);
const KINDS = DATA.kinds.map(([id, label, family, isSymmetric]) => ({ id, label, family: DATA.families[family], isSymmetric }));
const STATUSES = ["asserted", "alleged", "prospective"];
const STANDINGS = DATA.standings.map(([id]) => id);
const MONTHS = "January February March April May June July August September October November December".split(" ");

const NO_OUTLET = "no address";
const ACTORS = DATA.actors.map(([id, name]) => ({ id, name }));
const ACTOR_OF = new Map(ACTORS.map((actor) => [actor.id, actor]));
const STORIES = new Map();
const ARTICLES = DATA.articles.map(([title, href, published, outlet, story], number) => {
  const article = { number, title, href, published, outlet: DATA.outlets[outlet], story };
  if (!STORIES.has(story)) STORIES.set(story, []);
  STORIES.get(story).push(article);
  return article;
});
const LINKS = new Map();
for (const [one, other, reason, origin, share] of DATA.links) {
  for (const article of [one, other]) LINKS.set(article, [...(LINKS.get(article) || []), [reason, origin, share]]);
}
const TIES = DATA.ties.map(([source, target, kind, standing, trend], number) => {
  const pair = [ACTORS[source].id, ACTORS[target].id].sort();
  return {
    number, trend, source: ACTORS[source].id, target: ACTORS[target].id, kind: KINDS[kind], family: KINDS[kind].family,
    standing: STANDINGS[standing], pair, pairKey: JSON.stringify(pair), claims: [],
  };
});
const CLAIMS = DATA.claims.map(([tie, article, paragraph, start, end, status, negated, by, denied, notes, sure, id], number) => {
  const claim = {
    number, id, tie: TIES[tie], article: ARTICLES[article], paragraph, start, end, status: STATUSES[status],
    negated: Boolean(negated), by: by.map((one) => ACTORS[one].id), denied: denied.map((one) => ACTORS[one].id), notes, sure,
  };
  claim.tie.claims.push(claim);
  return claim;
});
const CLAIM_OF = new Map(CLAIMS.map((claim) => [claim.id, claim]));
for (const tie of TIES) {
  tie.by = [...new Set(tie.claims.flatMap((claim) => claim.by))];
  tie.denied = [...new Set(tie.claims.flatMap((claim) => claim.denied))];
}

// Paragraphs stand in the part of the page that is for browsers without programs.
const PARAGRAPHS = new Map();
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
function readParagraphs() {
  const chunks = document.getElementById("evidence-text").textContent.split('\n<p id="p');
  for (const chunk of chunks.slice(1)) {
    const from = chunk.indexOf('">');
    const marked = chunk.slice(from + 2, chunk.indexOf("</p>"));
    const escaped = marked.replace(/<\/?mark[^>]*>/g, "").replace(/<br>/g, "\n");
    PARAGRAPHS.set(Number(chunk.slice(0, from)), escaped.replace(/&(lt|gt|quot|#x27|amp);/g, (entity) => ENTITIES[entity]));
  }
}
function paragraphOf(claim) {
  if (!PARAGRAPHS.size) readParagraphs();
  return PARAGRAPHS.get(claim.paragraph) || "";
}

// Elements. Texts become text nodes and nothing else.
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
const byId = (id) => document.getElementById(id);

// Words.
const nameOf = (id) => (ACTOR_OF.has(id) ? ACTOR_OF.get(id).name : id);
const namesOf = (ids) => ids.map(nameOf).join(", ");
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
const figure = (number) => number.toLocaleString("en");
function count(number, noun) {
  const plural = noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${figure(number)} ${number === 1 ? noun : plural}`;
}
function dateWords(iso) {
  if (!iso) return "no date";
  const [year, month, day] = iso.split("-");
  return [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}
function shortDate(iso) {
  if (!iso) return "no date";
  const [year, month, day] = iso.split("-");
  return [day && Number(day), month && MONTHS[Number(month) - 1].slice(0, 3), year].filter(Boolean).join(" ");
}
function periodWords(from, to) {
  if (from && to) return from === to ? dateWords(from) : `${dateWords(from)} to ${dateWords(to)}`;
  return from ? `from ${dateWords(from)}` : `until ${dateWords(to)}`;
}
const tieWords = (tie) => `${nameOf(tie.source)} ${tie.kind.isSymmetric ? "–" : "→"} ${nameOf(tie.target)}`;
const pairWords = (pair) => `${nameOf(pair[0])} – ${nameOf(pair[1])}`;
function standingWords(tie) {
  let words = capital(tie.standing);
  if (tie.standing === "alleged" && tie.by.length) words += ` by ${namesOf(tie.by)}`;
  if (tie.denied.length) words += `, denied by ${namesOf(tie.denied)}`;
  return words;
}
const storiesOf = (claims) => new Set(claims.map((claim) => claim.article.story)).size;
const articlesOf = (claims) => new Set(claims.map((claim) => claim.article.number)).size;
function supportWords(claims) {
  const stories = storiesOf(claims);
  const articles = articlesOf(claims);
  return articles > stories ? `${count(stories, "story")} in ${count(articles, "article")}` : count(stories, "story");
}
function latestOf(claims) {
  return claims.reduce((latest, claim) => (claim.article.published > latest ? claim.article.published : latest), "");
}
function firstOf(claims) {
  const days = claims.map((claim) => claim.article.published).filter(Boolean).sort();
  return days[0] || "";
}
function groupBy(list, key) {
  const groups = new Map();
  for (const one of list) {
    const name = key(one);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(one);
  }
  return groups;
}
