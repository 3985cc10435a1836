// What became of relationships since the last report.

const CHANGES = DATA.changes && DATA.changes.rows.map(([kinds, source, target, kind, before, after, claims]) => ({
  kinds, source: ACTORS[source].id, target: ACTORS[target].id, kind: KINDS[kind], before, after, claims: claims.map((number) => CLAIMS[number]),
}));
const stateWords = (state) => (state ? `${state[0]}, ${count(state[1], "story")}${state[2].length ? `, denied by ${state[2].map((one) => ACTORS[one].name).join(", ")}` : ""}` : "nothing");
function freshClaims(pick) {
  const found = (CHANGES || []).find((one) => one.source === pick.src && one.target === pick.tgt && one.kind.id === pick.kind);
  return found ? found.claims : [];
}
function isChangeIn(change, state) {
  const families = chosen(state, "family");
  const standings = chosen(state, "standing");
  const pair = [change.source, change.target];
  return (!state.actor || pair.includes(state.actor)) && (!state.with || pair.includes(state.with)) &&
    (!state.kind || change.kind.id === state.kind) && (!families.length || families.includes(change.kind.family)) &&
    (!standings.length || standings.includes((change.after || change.before)[0]));
}

function drawChanges(box, state) {
  const rows = CHANGES.filter((change) => isChangeIn(change, state));
  const most = OPENED.has("changes") ? rows.length : 8;
  if (!rows.length) {
    box.replaceChildren(h("p", { class: "hint" }, "Nothing has changed in what is shown here."));
    return;
  }
  const counts = [...groupBy(rows.flatMap((change) => change.kinds), (kind) => kind)].map(([kind, all]) => `${figure(all.length)} ${kind}`);
  box.replaceChildren(
    h("p", { class: "hint" }, `${count(rows.length, "relationship")}: ${counts.join(", ")}.`),
    h("div", { class: "scroll", role: "region", "aria-label": "Table of changes", tabindex: "0" }, h("table", { class: "changes" },
      h("thead", null, h("tr", null, ["Change", "Relationship", "Now", "Before"].map((words) => h("th", { scope: "col" }, words)))),
      h("tbody", null, rows.slice(0, most).map((change) => {
        const words = `${nameOf(change.source)} ${change.kind.isSymmetric ? "–" : "→"} ${nameOf(change.target)}`;
        return h("tr", null, h("td", null, h("strong", null, capital(change.kinds.join(", ")))),
          h("th", { scope: "row" }, change.claims.length ? h("a", { href: linkToPick({ src: change.source, tgt: change.target, kind: change.kind.id, change: "1" }) }, words) : words, " ", kindMark(change.kind)),
          h("td", null, h("span", { class: `standing ${change.after ? change.after[0] : "none"}` }, stateWords(change.after))),
          h("td", { class: "hint" }, stateWords(change.before)));
      })))),
    rows.length > most ? moreButton("changes", `Show all ${count(rows.length, "change")}`, () => drawChanges(box, state)) : "");
}
