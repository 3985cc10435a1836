// The tables: standings, relationships, pairs by kind, the comparison, what changed, the sources.

function badge(standing, words) {
  return h("span", { class: `badge ${standing}` }, words || capital(standing));
}
const kindMark = (kind) => h("span", { class: `kind f-${kind.family}` }, kind.label);
const tiesOf = (claims) => groupBy(claims, (claim) => claim.tie);

function bySupport([one, told], [other, claims]) {
  return storiesOf(claims) - storiesOf(told) || firmness(one.standing) - firmness(other.standing) || one.number - other.number;
}

const OPENED = new Set();
// A button that shows the rest of a long list; it stays open while the page does.
function moreButton(name, words, redraw) {
  return h("button", { type: "button", class: "more", onclick: () => { OPENED.add(name); redraw(); } }, words);
}

function drawTies(box, claims) {
  const rows = [...tiesOf(claims)].sort(bySupport);
  const most = OPENED.has("ties") ? rows.length : 12;
  box.replaceChildren(
    h("div", { class: "scroll", role: "region", "aria-label": "Table of relationships", tabindex: "0" }, h("table", { class: "ties" },
      h("thead", null, h("tr", null, ["Relationship", "Kind", "Standing"].map((words) => h("th", { scope: "col" }, words)), h("th", { scope: "col", class: "figure" }, "Stories"), h("th", { scope: "col", class: "figure" }, "Latest"))),
      h("tbody", null, rows.slice(0, most).map(([tie, told]) => h("tr", null,
        h("th", { scope: "row" }, h("a", { href: linkToPick({ src: tie.source, tgt: tie.target, kind: tie.kind.id }) }, tieWords(tie))),
        h("td", null, kindMark(tie.kind)),
        h("td", null, badge(tie.standing, tie.standing === "alleged" && tie.by.length ? `Alleged by ${namesOf(tie.by)}` : null), tie.denied.length ? h("span", { class: "by" }, ` denied by ${namesOf(tie.denied)}`) : null),
        h("td", { class: "figure" }, figure(storiesOf(told)), h("span", { class: "noun" }, storiesOf(told) === 1 ? " story" : " stories")),
        h("td", { class: "figure day" }, shortDate(latestOf(told)))))))),
    rows.length > most ? moreButton("ties", `Show all ${count(rows.length, "relationship")}`, () => drawTies(box, claims)) : "");
}

// One number for each standing, in its own dress: an allegation is never added to a fact.
function cellOf(told, pick, words) {
  const groups = groupBy(told, ({ tie }) => tie.standing);
  return FIRMNESS.filter((standing) => groups.has(standing)).map((standing) => {
    const number = storiesOf(groups.get(standing));
    return h("a", { class: `cell ${standing}`, href: linkToPick({ ...pick, standing }), "aria-label": `${words}: ${standing}, ${count(number, "story")}`, title: `${words}: ${standing}` }, figure(number));
  });
}

function drawMatrix(box, claims) {
  const pairs = [...groupBy(claims, ({ tie }) => tie.pairKey).values()].sort((one, other) => storiesOf(other) - storiesOf(one) || other.length - one.length);
  const most = OPENED.has("matrix") ? pairs.length : 15;
  const shown = pairs.slice(0, most);
  const kinds = KINDS.filter((kind) => shown.some((told) => told.some(({ tie }) => tie.kind === kind)));
  const families = [...groupBy(kinds, (kind) => kind.family)];
  const table = h("table", { class: "matrix" },
    h("thead", null,
      h("tr", null, h("td"), families.map(([family, group]) => h("th", { scope: "colgroup", colspan: group.length, class: `family f-${family}` }, h("span", { class: group.length * 24 > family.length * 7 ? null : "unseen" }, family)))),
      h("tr", null, h("th", { scope: "col" }, "Pair"), kinds.map((kind) => h("th", { scope: "col", class: `turned f-${kind.family}` }, h("span", null, kind.label))))),
    h("tbody", null, shown.map((told) => {
      const { pair } = told[0].tie;
      const cells = groupBy(told, ({ tie }) => tie.kind);
      return h("tr", null,
        h("th", { scope: "row" }, h("a", { href: linkTo({ actor: pair[0], with: pair[1] }), title: "Show this pair alone" }, pairWords(pair))),
        kinds.map((kind) => h("td", { class: `f-${kind.family}` }, cells.has(kind) ? cellOf(cells.get(kind), { a: pair[0], b: pair[1], kind: kind.id }, `${pairWords(pair)}, ${kind.label.toLowerCase()}`) : "")));
    })));
  box.replaceChildren(
    h("div", { class: "scroll", role: "region", "aria-label": "Table of pairs by kind", tabindex: "0" }, table),
    h("p", { class: "hint" }, "Stories that tell of a relationship of this kind, one number for each standing: ", FIRMNESS.filter((standing) => claims.some(({ tie }) => tie.standing === standing)).map((standing) => [h("span", { class: `cell ${standing}` }, "1"), ` ${standing} `])),
    pairs.length > most ? moreButton("matrix", `Show all ${count(pairs.length, "pair")}`, () => drawMatrix(box, claims)) : "");
  roveTable(table);
}
function roveTable(table) {
  const links = [...table.querySelectorAll("tbody a")];
  links.forEach((link, number) => link.setAttribute("tabindex", number ? "-1" : "0"));
  table.addEventListener("keydown", (event) => {
    const here = event.target.closest("a");
    if (!here) return;
    const row = here.closest("tr");
    const column = here.closest("td,th").cellIndex;
    let next = null;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") next = links[links.indexOf(here) + (event.key === "ArrowRight" ? 1 : -1)];
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      for (let other = row; (other = event.key === "ArrowDown" ? other.nextElementSibling : other.previousElementSibling);) {
        next = other.cells[column].querySelector("a");
        if (next) break;
      }
    }
    if (!next) return;
    event.preventDefault();
    here.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}

// Aspect by aspect, what one actor gives to and gets from several others.
function partnersOf(hub, claims) {
  const groups = groupBy(claims.filter(({ tie }) => tie.pair.includes(hub)), ({ tie }) => tie.pair.find((one) => one !== hub));
  return [...groups].sort(([, one], [, other]) => tiesOf(other).size - tiesOf(one).size || storiesOf(other) - storiesOf(one)).map(([partner]) => partner);
}
function busiest(claims) {
  const groups = new Map();
  for (const claim of claims) for (const actor of claim.tie.pair) groups.set(actor, (groups.get(actor) || []).concat([claim]));
  return [...groups].map(([actor, told]) => [actor, new Set(told.map(({ tie }) => tie.pairKey)).size, storiesOf(told)])
    .sort((one, other) => other[2] - one[2] || other[1] - one[1])[0][0];
}
function comparisonCell(told, pick) {
  if (!told.length) return h("span", { class: "none" }, "–");
  return [...tiesOf(told)].map(([tie, claims]) => {
    const latest = claims.reduce((best, claim) => (claim.article.published > best.article.published ? claim : best));
    const quote = paragraphOf(latest).slice(latest.start, latest.end).replace(/\s+/g, " ");
    return h("div", { class: "aspect" },
      h("a", { href: linkToPick({ src: tie.source, tgt: tie.target, kind: tie.kind.id, ...pick }), class: `standing ${tie.standing}` }, standingWords(tie)),
      h("span", { class: "support" }, `${supportWords(claims)}, ${shortDate(latest.article.published)}`),
      h("q", { class: latest.status }, quote.length > 130 ? `${quote.slice(0, quote.lastIndexOf(" ", 120))} …` : quote));
  });
}
function drawComparison(box, claims, state) {
  if (!claims.length) return;
  const hub = state.actor || busiest(claims);
  const partners = partnersOf(hub, claims);
  const wished = (state.compare || "").split(",").filter((one) => partners.includes(one));
  const columns = wished.length ? wished : partners.slice(0, state.with ? 1 : WIDTH < 560 ? 2 : 3);
  const told = claims.filter(({ tie }) => tie.pair.includes(hub) && columns.some((one) => tie.pair.includes(one)));
  const sides = [["gives", ({ tie }) => !tie.kind.isSymmetric && tie.source === hub], ["gets", ({ tie }) => !tie.kind.isSymmetric && tie.target === hub], ["", ({ tie }) => tie.kind.isSymmetric]];
  const rows = KINDS.flatMap((kind) => kind.id === "preference" ? [] : sides.map(([side, isSide]) => {
    const cells = columns.map((partner) => told.filter((claim) => claim.tie.kind === kind && claim.tie.pair.includes(partner) && isSide(claim)));
    return cells.some((cell) => cell.length) ? { kind, side, cells } : null;
  })).filter(Boolean);
  const most = OPENED.has("comparison") ? rows.length : 14;
  const preferences = told.filter(({ tie }) => tie.kind.id === "preference");
  byId("comparison-h").textContent = `${nameOf(hub)} compared`;
  const chips = partners.slice(0, 14).map((partner) => {
    const isOn = columns.includes(partner);
    const next = isOn ? columns.filter((one) => one !== partner) : [...columns, partner].slice(-4);
    return h("a", { class: isOn ? "chip on" : "chip", href: writeState({ ...STATE, compare: next.join(",") }), "aria-current": isOn ? "true" : null }, nameOf(partner));
  });
  box.replaceChildren(
    partners.length > 1 && !state.with ? h("p", { class: "chips" }, h("span", { class: "hint" }, "Columns "), chips) : "",
    h("div", { class: "scroll", role: "region", "aria-label": `Table: ${nameOf(hub)} compared`, tabindex: "0" }, h("table", { class: columns.length > 1 ? "comparison" : "comparison single" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Aspect"), columns.map((partner) => h("th", { scope: "col" }, h("a", { href: linkTo({ actor: hub, with: partner }) }, nameOf(partner)))))),
      h("tbody", null, rows.slice(0, most).map(({ kind, side, cells }) => h("tr", null,
        h("th", { scope: "row" }, kindMark(kind), side ? h("span", { class: "side" }, `${nameOf(hub)} ${side}`) : null),
        cells.map((cell) => h("td", null, comparisonCell(cell)))))))),
    rows.length > most ? moreButton("comparison", `Show all ${count(rows.length, "aspect")}`, () => drawComparison(box, claims, state)) : "",
    preferences.length ? h("p", { class: "hint" }, "Preference: ", [...tiesOf(preferences)].map(([tie, mine]) => [h("a", { href: linkToPick({ src: tie.source, tgt: tie.target, kind: tie.kind.id }) }, `${nameOf(tie.source)} prefers ${nameOf(tie.target)}${mine[0].notes.length ? ` ${mine[0].notes[mine[0].notes.length - 1]}` : ""}`), ` (${tie.standing}) `])) : "",
    h("p", { class: "hint" }, "A dash means that nothing was found in what was read; it is no evidence of nothing."));
}

function drawSources(box, claims) {
  const outlets = [...groupBy(claims, ({ article }) => article.outlet)].sort(([, one], [, other]) => articlesOf(other) - articlesOf(one) || other.length - one.length);
  const most = OPENED.has("sources") ? outlets.length : 15;
  box.replaceChildren(h("div", { class: "scroll", role: "region", "aria-label": "Table of outlets", tabindex: "0" }, h("table", { class: "outlets" },
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "Outlet"), ["Articles", "Told first or alone", "Claims", "Latest"].map((words) => h("th", { scope: "col", class: "figure" }, words)))),
    h("tbody", null, outlets.slice(0, most).map(([outlet, told]) => {
      const own = new Set(told.filter(({ article }) => STORIES.get(article.story).every((one) => one === article || !one.published || one.published > article.published || (one.published === article.published && one.number > article.number))).map(({ article }) => article.story));
      return h("tr", null, h("th", { scope: "row" }, h("a", { href: linkTo({ source: outlet }) }, outlet)),
        [figure(articlesOf(told)), figure(own.size), figure(told.length), shortDate(latestOf(told))].map((words) => h("td", { class: "figure" }, words)));
    })))),
  outlets.length > most ? moreButton("sources", `Show all ${count(outlets.length, "outlet")}`, () => drawSources(box, claims)) : "");
}
