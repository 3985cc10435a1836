// Filters, and drawing everything anew when the address changes.

let STATE = readState(location.hash);
let NARROWED = CLAIMS;
let WIDTH = 720;

function option(value, words) {
  return h("option", { value }, words);
}
function go(state) {
  location.hash = writeState(state);
}
function change(name, value) {
  const next = { ...STATE, pick: {}, [name]: value || undefined };
  if (name === "actor") next.with = undefined;
  go(next);
}

function makeControls() {
  const inTies = new Set(TIES.flatMap((tie) => tie.pair));
  const actors = ACTORS.filter((actor) => inTies.has(actor.id)).sort((one, other) => one.name.localeCompare(other.name, "en"));
  const kinds = KINDS.filter((kind) => TIES.some((tie) => tie.kind === kind));
  const outlets = [...DATA.outlets].sort();
  const field = (name, words, node) => {
    node.id = `f-${name}`;
    node.addEventListener("change", () => change(name, node.value));
    return h("div", { class: `field field-${name}` }, h("label", { for: node.id }, words), node);
  };
  const search = h("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change("q", search.value.trim()), 300);
  });
  const actorOptions = () => actors.map((actor) => option(actor.id, actor.name));
  byId("filters").replaceChildren(
    field("actor", "Actor", h("select", { disabled: DATA.scope.length > 1 }, DATA.scope.length ? null : option("", "All actors"), actorOptions())),
    field("with", "and", h("select", null, option("", "anybody"))),
    field("kind", "Kind", h("select", null, option("", "All kinds"), DATA.families.map((family) => h("optgroup", { label: capital(family) }, kinds.filter((kind) => kind.family === family).map((kind) => option(kind.id, kind.label)))).filter((group) => group.children.length))),
    field("from", "From", h("input", { type: "date" })),
    field("to", "To", h("input", { type: "date" })),
    field("source", "Source", h("select", null, option("", "All sources"), outlets.map((outlet) => option(outlet, outlet)))),
    field("sure", "Sure", h("select", null, option("", "Any"), [50, 70, 90].map((least) => option(String(least), `at least ${least}%`)))),
    h("div", { class: "field field-q" }, h("label", { for: "f-q" }, "Words"), fill(search, { id: "f-q" }, [])));
  byId("f-order").addEventListener("change", (event) => go({ ...STATE, order: event.target.value === "newest" ? undefined : event.target.value }));
}

function showControls() {
  const partners = STATE.actor ? new Set(TIES.filter((tie) => tie.pair.includes(STATE.actor)).flatMap((tie) => tie.pair)) : new Set();
  partners.delete(STATE.actor);
  byId("f-with").replaceChildren(option("", "anybody"), ...[...partners].sort((one, other) => nameOf(one).localeCompare(nameOf(other), "en")).map((id) => option(id, nameOf(id))));
  byId("f-with").disabled = !STATE.actor || DATA.scope.length > 1;
  const whole = { from: (day) => `${day}-01-01`.slice(0, 10), to: lastDay };
  for (const name of ["actor", "with", "kind", "from", "to", "source", "sure", "q"]) {
    const value = STATE[name] || "";
    const node = byId(`f-${name}`);
    if (node !== document.activeElement || node.value === "") node.value = value && whole[name] ? whole[name](value) : value;
  }
  byId("f-order").value = ORDERS[STATE.order] ? STATE.order : "newest";
}
function lastDay(day) {
  if (day.length === 10) return day;
  const [year, month] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month || 12, 0)).toISOString().slice(0, 10);
}

// Chips that filter and are the legend at once; their figures say what each would show.
function drawChips() {
  const others = (name) => makeFilter({ ...STATE, [name]: undefined });
  const chip = (name, value, figureOf, key) => {
    const isOn = chosen(STATE, name).includes(value);
    return h("a", { class: isOn ? "chip on" : "chip", href: linkTo({ [name]: toggled(STATE, name, value) }), "aria-current": isOn ? "true" : null },
      key, capital(value), " ", h("span", { class: "number" }, figure(figureOf)));
  };
  const bySelf = groupBy(tiesIn(others("standing")), (tie) => tie.standing);
  byId("standings").replaceChildren(...DATA.standings.filter(([standing]) => TIES.some((tie) => tie.standing === standing)).map(([standing, words]) => h("li", { title: words }, chip("standing", standing, (bySelf.get(standing) || []).length,
    s("svg", { class: "key", viewBox: "0 0 34 12", "aria-hidden": "true" }, drawLine("M1 6H33", "any", standing, standing === "contested" ? 5 : 2.6))))));
  const byFamily = groupBy(tiesIn(others("family")), (tie) => tie.family);
  byId("families").replaceChildren(...DATA.families.filter((family) => TIES.some((tie) => tie.family === family)).map((family) => h("li", null, chip("family", family, (byFamily.get(family) || []).length,
    s("svg", { class: "key square", viewBox: "0 0 12 12", "aria-hidden": "true" }, s("rect", { class: `b-${family}`, width: 12, height: 12, rx: 2 }))))));
}
const tiesIn = (claims) => [...new Set(claims.map((claim) => claim.tie))];

function drawHead() {
  const subject = STATE.actor ? (STATE.with ? pairWords([STATE.actor, STATE.with]) : nameOf(STATE.actor)) : "All actors";
  byId("subject").textContent = subject;
  document.title = STATE.actor ? `${subject} · ${DATA.title}` : DATA.title;
  const ties = tiesIn(NARROWED);
  const actors = new Set(ties.flatMap((tie) => tie.pair));
  const [first, last] = [firstOf(NARROWED), latestOf(NARROWED)];
  const outlets = new Set(NARROWED.map((claim) => claim.article.outlet).filter((outlet) => outlet !== NO_OUTLET));
  byId("lead").textContent = NARROWED.length
    ? `${count(ties.length, "relationship")} between ${count(actors.size, "actor")}, in ${count(NARROWED.length, "claim")} of ${supportWords(NARROWED)}${outlets.size ? ` by ${count(outlets.size, "outlet")}` : ""}${first ? `, published ${periodWords(first, last)}` : ""}.`
    : "Nothing that was read fits these filters.";
  const words = { actor: nameOf, with: (id) => `and ${nameOf(id)}`, kind: (id) => (KINDS.find((kind) => kind.id === id) || { label: id }).label, family: (ids) => ids.split(",").map(capital).join(" or "), standing: (ids) => ids.split(",").map(capital).join(" or "), from: (day) => `from ${dateWords(day)}`, to: (day) => `until ${dateWords(day)}`, source: (outlet) => outlet, sure: (least) => `at least ${least}% sure`, q: (text) => `“${text}”` };
  const active = FILTERS.filter((name) => STATE[name] && !isScope(name, STATE));
  byId("active").replaceChildren(...active.map((name) => h("a", { class: "chip on", href: linkTo({ [name]: undefined, ...(name === "actor" ? { with: undefined } : {}) }), "aria-label": `Remove the filter ${words[name](STATE[name])}` }, words[name](STATE[name]), h("span", { class: "cross", "aria-hidden": "true" }, " ×"))),
    ...(active.length > 1 ? [h("a", { class: "chip", href: linkToNothing() }, "Show all")] : []));
  byId("filter-count").textContent = active.length ? ` (${active.length})` : "";
}

function drawViews() {
  NARROWED = makeFilter(STATE);
  drawHead();
  drawChips();
  drawCharts();
}
function drawCharts() {
  if (CHANGES) drawChanges(byId("changes-box"), STATE);
  const isEmpty = !NARROWED.length;
  for (const section of document.querySelectorAll("[data-view]")) section.hidden = isEmpty;
  if (isEmpty) return;
  WIDTH = Math.max(300, byId("main").clientWidth); // asked once: each question costs a layout
  drawNetwork(byId("network-box"), NARROWED, STATE);
  drawTimeline(byId("timeline-box"), NARROWED);
  drawTies(byId("ties-box"), NARROWED);
  drawMatrix(byId("matrix-box"), NARROWED);
  drawCurve(byId("alignment-box"), NARROWED, STATE);
  drawComparison(byId("comparison-box"), NARROWED, STATE);
  drawSources(byId("sources-box"), NARROWED);
}
function drawAll() {
  showControls();
  drawViews();
  SHOWN = PAGE;
  drawEvidence(NARROWED, STATE);
  markPick();
}
// What is selected is marked where it was selected.
function markPick() {
  for (const link of document.querySelectorAll("main a[href^='#']:not(.chip)")) {
    if (hasPick(STATE) && link.getAttribute("href") === location.hash) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
const filtersOf = (state) => JSON.stringify([...FILTERS, "compare"].map((name) => state[name]));

function followAddress() {
  const before = STATE;
  STATE = readState(location.hash);
  if (filtersOf(before) === filtersOf(STATE)) {
    SHOWN = PAGE;
    showControls();
    refreshLinks(before);
    drawEvidence(NARROWED, STATE);
    markPick();
  } else drawAll();
  byId("evidence").scrollTop = 0;
  if (hasPick(STATE) && JSON.stringify(before.pick) !== JSON.stringify(STATE.pick)) {
    const heading = byId("evidence-h");
    heading.focus({ preventScroll: true });
    const box = byId("evidence").getBoundingClientRect();
    if (box.top > innerHeight * 0.6 || box.bottom < 80) byId("evidence").scrollIntoView();
  }
}
// Links carry the order of the evidence; when only that changed they are made anew.
function refreshLinks(before) {
  if (before.order !== STATE.order) drawViews();
}

// The filters stay in sight, and what scrolls must know how tall they are.
function measureBar() {
  const bar = byId("filter-box");
  const isFixed = getComputedStyle(bar).position === "sticky";
  document.documentElement.style.setProperty("--bar", `${isFixed ? bar.offsetHeight : 0}px`);
}

function start() {
  if (!CLAIMS.length) return;
  document.documentElement.classList.add("live");
  makeControls();
  const wide = matchMedia("(min-width: 46rem)");
  const openFilters = () => { byId("filter-box").open = wide.matches; };
  wide.addEventListener("change", openFilters);
  openFilters();
  measureBar();
  drawAll();
  addEventListener("hashchange", followAddress);
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    measureBar();
    drawCharts();
    markPick();
  });
  for (const link of document.querySelectorAll("[data-goto]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const heading = byId(link.dataset.goto);
      heading.focus({ preventScroll: true });
      heading.scrollIntoView();
    });
  }
  addEventListener("beforeprint", () => {
    SHOWN = 500;
    drawEvidence(NARROWED, STATE);
  });
  addEventListener("afterprint", () => {
    SHOWN = PAGE;
    drawEvidence(NARROWED, STATE);
  });
}
start();
