// How near two actors stand, period by period, and how little or much that rests on.

const CURVES = new Map(DATA.curves.map(([one, other, unit, leftOut, points, turns]) => {
  const pair = [ACTORS[one].id, ACTORS[other].id];
  const key = JSON.stringify([...pair].sort());
  return [key, {
    pair, unit, leftOut,
    points: points.map(([period, start, end, index, low, high, stories, claims]) => ({ period, start, end, index, low, high, stories, claims })),
    turns: turns.map(([since, until, before, after, claims]) => ({ since, until, before, after, claims })),
  }];
}));
const signed = (number) => (number > 0 ? "+" : number < 0 ? "−" : "") + Math.abs(number).toFixed(2);
function unitWords(period) {
  const [year, part] = period.split("-");
  return part && part.startsWith("Q") ? `${year}, quarter ${part.slice(1)}` : dateWords(period);
}
function curveClaims(pick) {
  const curve = CURVES.get(JSON.stringify([pick.a, pick.b].sort()));
  if (!curve) return [];
  const found = pick.point ? curve.points.find((point) => point.period === pick.point) : curve.turns.find((turn) => turn.since === pick.turn);
  return found ? found.claims.map((number) => CLAIMS[number]) : [];
}
function pointWords(point) {
  return `${unitWords(point.period)}: ${signed(point.index)}, with 95 % between ${signed(point.low)} and ${signed(point.high)}, ${count(point.stories, "story")}`;
}

function plotCurve(curve, wide, tall, isSmall) {
  const [left, right, top, below] = isSmall ? [8, 8, 6, 18] : [74, 10, 8, 24];
  const time = (day) => Date.parse(day.length === 4 ? `${day}-01-01` : day);
  const first = time(curve.points[0].start);
  const last = Math.max(time(curve.points[curve.points.length - 1].end), first + 864e5 * 200);
  const floor = tall - below;
  const x = (at) => left + ((at - first) / (last - first)) * (wide - left - right);
  const y = (value) => top + ((1 - value) / 2) * (floor - top);
  const middle = (point) => (time(point.start) + time(point.end)) / 2;
  const marks = curve.points.map((point) => {
    const width = Math.min(16, Math.max(3, (x(time(point.end)) - x(time(point.start))) * 0.8));
    return s("a", { href: linkToPick({ a: curve.pair[0], b: curve.pair[1], point: point.period }), "aria-label": pointWords(point) },
      s("title", null, pointWords(point)),
      s("rect", { class: "interval", x: (x(middle(point)) - width / 2).toFixed(1), y: y(point.high).toFixed(1), width: width.toFixed(1), height: Math.max(2, y(point.low) - y(point.high)).toFixed(1), rx: 2 }),
      s("circle", { class: "index", cx: x(middle(point)).toFixed(1), cy: y(point.index).toFixed(1), r: Math.min(6, 2.4 + Math.sqrt(point.stories) * 0.7).toFixed(1) }));
  });
  const month = 864e5 * { month: 46, quarter: 140, year: 550 }[curve.unit];
  const joins = curve.points.slice(1).map((point, number) => {
    const before = curve.points[number];
    const isNext = middle(point) - middle(before) < month;
    return s("path", { class: isNext ? "join" : "join far", d: `M${x(middle(before)).toFixed(1)} ${y(before.index).toFixed(1)}L${x(middle(point)).toFixed(1)} ${y(point.index).toFixed(1)}` });
  });
  const turns = curve.turns.map((turn, number) => {
    const point = curve.points.find((one) => one.period === turn.since);
    return point && s("g", { class: "turn" }, s("path", { d: `M${x(time(point.start)).toFixed(1)} ${top}V${floor}` }), isSmall ? null : s("text", { x: (x(time(point.start)) + 3).toFixed(1), y: top + 9 }, `${number + 1}`));
  });
  const years = [];
  for (let year = new Date(first).getUTCFullYear() + 1; Date.UTC(year, 0, 1) <= last; year += 1) years.push(year);
  const every = Math.max(1, Math.ceil((years.length * 46) / (wide - left - right)));
  const ticks = years.filter((year) => year % every === 0).map((year) => [Date.UTC(year, 0, 1), String(year)]);
  const isNear = (at) => ticks.some(([other]) => Math.abs(x(at) - x(other)) < 62);
  if (!isNear(first)) ticks.unshift([first, shortDate(curve.points[0].start.slice(0, 7))]);
  const levels = isSmall ? [[0, ""]] : [[1, "together"], [0, "0"], [-1, "against"]];
  const picture = s("svg", { class: "picture", viewBox: `0 0 ${wide} ${tall}`, width: wide, height: tall, role: "group", "aria-label": `Alignment of ${pairWords(curve.pair)} by ${curve.unit}` },
    levels.map(([value, words]) => [s("path", { class: value ? "level" : "level zero", d: `M${left} ${y(value)}H${wide - right}` }), words && s("text", { class: "tick", x: left - 8, y: y(value) + 4, "text-anchor": "end" }, words)]),
    turns, joins, marks,
    ticks.map(([at, words]) => s("text", { class: "tick", x: x(at).toFixed(1), y: floor + 15, "text-anchor": x(at) < left + 30 ? "start" : x(at) > wide - 40 ? "end" : "middle" }, words)));
  rove(picture);
  return picture;
}

function drawCurve(box, claims, state) {
  const wide = WIDTH;
  const hint = h("p", { class: "hint" }, "From −1, against each other, to +1, together. A bar is where the index lies with 95 %: few stories, wide bar. All claims of a pair count here, whatever else is filtered.");
  if (state.actor && state.with) {
    const pair = [state.actor, state.with];
    const curve = CURVES.get(JSON.stringify([...pair].sort()));
    if (!curve || !curve.points.length) {
      box.replaceChildren(h("p", { class: "hint" }, `No claim about ${pairWords(pair)} has a place in time and a weight: there is no curve to draw.`));
      return;
    }
    box.replaceChildren(plotCurve(curve, wide, 210, false),
      curve.turns.length ? h("ol", { class: "turns" }, curve.turns.map((turn, number) => h("li", null, `${number + 1}  `, h("a", { href: linkToPick({ a: pair[0], b: pair[1], turn: turn.since }) }, `From ${unitWords(turn.since)}: ${signed(turn.after)} instead of ${signed(turn.before)}`), h("span", { class: "hint" }, `, ${count(turn.claims.length, "claim")} behind it`)))) : "",
      hint, curve.leftOut ? h("p", { class: "hint" }, `${count(curve.leftOut, "claim")} without a place in time or without a weight ${curve.leftOut === 1 ? "is" : "are"} not in the curve.`) : "");
    return;
  }
  const pairs = [...groupBy(claims, ({ tie }) => tie.pairKey)].map(([key, told]) => [CURVES.get(key), storiesOf(told)]).filter(([curve]) => curve && curve.points.length > 1);
  pairs.sort(([one, stories], [other, others]) => others - stories || other.points.length - one.points.length);
  if (!pairs.length) {
    box.replaceChildren(h("p", { class: "hint" }, "No pair shown here is told of in more than one period: choose a pair to see what there is."));
    return;
  }
  const columns = wide < 480 ? 1 : wide < 700 ? 2 : 3;
  const each = Math.floor((wide - 24 * (columns - 1)) / columns);
  const most = OPENED.has("curves") ? pairs.length : columns * (columns === 1 ? 4 : 2);
  box.replaceChildren(h("ul", { class: `small-curves c${columns}` }, pairs.slice(0, most).map(([curve]) => {
    const latest = curve.points[curve.points.length - 1];
    return h("li", null, h("h3", null, h("a", { href: linkTo({ actor: curve.pair[0], with: curve.pair[1] }) }, pairWords(curve.pair))),
      plotCurve(curve, each, 96, true),
      h("p", { class: "hint" }, `${unitWords(latest.period)}: ${signed(latest.index)} (${signed(latest.low)} to ${signed(latest.high)})`));
  })), hint, pairs.length > most ? moreButton("curves", `Show all ${count(pairs.length, "curve")}`, () => drawCurve(box, claims, state)) : "");
}
