// What was published when, and how near two actors stood over time.

const MOST_BINS = 72;
function chooseUnit(days) {
  const full = days.filter((day) => day.length === 10);
  const last = days[days.length - 1];
  if (full.length === days.length && (Date.parse(last) - Date.parse(full[0])) / 864e5 < 45) return 10;
  const months = days.filter((day) => day.length >= 7).map((day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)));
  if (months.length === days.length && months[months.length - 1] - months[0] < 60) return 7;
  return 4;
}
function fillBins(first, last) {
  const bins = [];
  if (first.length === 4) for (let year = Number(first); year <= Number(last); year += 1) bins.push(String(year).padStart(4, "0"));
  else if (first.length === 7) {
    for (let year = Number(first.slice(0, 4)), month = Number(first.slice(5)); ; month += 1) {
      if (month > 12) [year, month] = [year + 1, 1];
      bins.push(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`);
      if (bins[bins.length - 1] >= last || bins.length > 800) break;
    }
  } else for (let day = Date.parse(first); day <= Date.parse(last); day += 864e5) bins.push(new Date(day).toISOString().slice(0, 10));
  return bins;
}
// Each story counts once for each relationship, on the day that it was first told.
function countReports(claims) {
  const first = new Map();
  for (const claim of claims) {
    const key = `${claim.article.story} ${claim.tie.number}`;
    const known = first.get(key);
    const isFirmer = known && claim.article.published === known.article.published && STATUSES.indexOf(claim.status) < STATUSES.indexOf(known.status);
    if (!known || isFirmer || (claim.article.published && (!known.article.published || claim.article.published < known.article.published))) first.set(key, claim);
  }
  return [...first.values()];
}
function niceStep(most, lines = 4) {
  for (let step = 1; ; step *= 10) for (const factor of [1, 2, 5]) if (most <= lines * step * factor) return step * factor;
}
function shortBin(bin, isFirst) {
  const [year, month, day] = bin.split("-");
  if (!month) return year;
  const name = MONTHS[Number(month) - 1].slice(0, 3);
  if (day) return `${Number(day)} ${name}`;
  return isFirst || month === "01" ? `${name} ${year}` : name;
}

function drawTimeline(box, claims) {
  const reports = countReports(claims);
  const dated = reports.filter((claim) => claim.article.published);
  const undated = reports.length - dated.length;
  const note = undated ? `${count(undated, "report")} of articles without a date ${undated === 1 ? "is" : "are"} not drawn.` : "";
  if (!dated.length) {
    box.replaceChildren(h("p", { class: "hint" }, "None of these articles says when it was published: there is no time to draw."));
    return;
  }
  const days = dated.map((claim) => claim.article.published).sort();
  const size = chooseUnit(days);
  const all = fillBins(days[0].slice(0, size), days[days.length - 1].slice(0, size));
  const bins = all.slice(-MOST_BINS);
  const groups = groupBy(dated, (claim) => claim.article.published.slice(0, size));
  const families = DATA.families.filter((family) => dated.some((claim) => claim.tie.family === family));
  const wide = WIDTH;
  const [left, right, top, below, tall] = [30, 6, 8, 24, 176];
  const floor = tall - below;
  const most = Math.max(...bins.map((bin) => (groups.get(bin) || []).length), 1);
  const step = niceStep(most);
  const ceiling = Math.ceil(most / step) * step;
  const slot = (wide - left - right) / bins.length;
  const bar = Math.min(slot * 0.76, 40);
  const links = [];
  bins.forEach((bin, number) => {
    let level = 0;
    for (const family of families) {
      for (const isFirm of [true, false]) {
        const told = (groups.get(bin) || []).filter((claim) => claim.tie.family === family && isFirmly(claim) === isFirm);
        if (!told.length) continue;
        const high = ((floor - top) * told.length) / ceiling;
        const y = floor - ((floor - top) * level) / ceiling - high;
        const label = `${dateWords(bin)}: ${count(told.length, "report")}, ${family}, ${isFirm ? "asserted" : "not asserted"}`;
        const shape = { x: (left + slot * number + (slot - bar) / 2).toFixed(1), y: (y + 0.5).toFixed(1), width: bar.toFixed(1), height: Math.max(high - 1, 0.8).toFixed(1) };
        links.push(s("a", { href: linkToPick({ from: bin, to: bin, family, firm: isFirm ? "yes" : "no" }), "aria-label": label },
          s("title", null, label),
          s("rect", { class: `bar b-${family}${isFirm ? "" : " unsure"}`, ...shape }),
          !isFirm && s("rect", { fill: "url(#hatch)", "pointer-events": "none", ...shape })));
        level += told.length;
      }
    }
  });
  const every = Math.max(1, Math.ceil((bins.length * (size === 7 ? 62 : 46)) / (wide - left - right)));
  const levels = [];
  for (let level = 0; level <= ceiling; level += step) levels.push(level);
  const yOf = (level) => (floor - ((floor - top) * level) / ceiling).toFixed(1);
  const picture = s("svg", { class: "picture", viewBox: `0 0 ${wide} ${tall}`, width: wide, height: tall, role: "group", "aria-label": `Timeline by ${{ 4: "year", 7: "month", 10: "day" }[size]}; arrow keys move along the bars` },
    s("defs", null, s("pattern", { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { class: "hatch", width: 2.4, height: 5 }))),
    levels.map((level) => [s("path", { class: "level", d: `M${left} ${yOf(level)}H${wide - right}` }), s("text", { class: "tick", x: left - 6, y: Number(yOf(level)) + 4, "text-anchor": "end" }, figure(level))]),
    links,
    bins.map((bin, number) => number % every === 0 && s("text", { class: "tick", x: (left + slot * (number + 0.5)).toFixed(1), y: floor + 17, "text-anchor": slot * every < 30 ? "start" : "middle" }, shortBin(bin, number === 0))));
  const older = all.length - bins.length;
  box.replaceChildren(picture, h("p", { class: "hint" }, `A report is one story telling of one relationship, and copies are one story. Solid is asserted; hatched is alleged, contested, planned or denied. ${note}${older ? ` Only the latest ${bins.length} are drawn.` : ""}`));
  rove(picture);
}
