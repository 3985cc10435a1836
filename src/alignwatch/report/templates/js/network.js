// Who is tied to whom: actors on a ring, or around the one that was chosen.

const FIRMNESS = ["asserted", "contested", "alleged", "prospective", "ended", "negated"];
const firmness = (standing) => (FIRMNESS.includes(standing) ? FIRMNESS.indexOf(standing) : FIRMNESS.length);

function findEdges(claims) {
  const groups = groupBy(claims, ({ tie }) => `${tie.pairKey} ${tie.family} ${tie.standing}`);
  return [...groups.values()].map((told) => {
    const { pair, pairKey, family, standing } = told[0].tie;
    return { pair, pairKey, family, standing, claims: told, stories: storiesOf(told) };
  });
}

function chooseEdges(edges, mostActors, mostEdges) {
  const weight = new Map();
  for (const edge of edges) for (const actor of edge.pair) weight.set(actor, (weight.get(actor) || 0) + edge.stories);
  const ranked = [...weight.keys()].sort((one, other) => weight.get(other) - weight.get(one) || (one < other ? -1 : 1));
  const room = new Set(ranked.slice(0, mostActors));
  const kept = edges
    .filter((edge) => edge.pair.every((actor) => room.has(actor)))
    .sort((one, other) => other.stories - one.stories || firmness(one.standing) - firmness(other.standing))
    .slice(0, mostEdges);
  const drawn = new Set(kept.flatMap((edge) => edge.pair));
  return { kept, weight, actors: ranked.filter((actor) => drawn.has(actor)) };
}

// Seats actors so that strong ties are short: one by one, then by swaps while they help.
function seat(actors, edges) {
  const strength = [...groupBy(edges, (edge) => edge.pairKey).values()].map((group) => [
    ...group[0].pair, group.reduce((sum, edge) => sum + edge.stories, 0),
  ]);
  const length = (order) => {
    const place = new Map(order.map((actor, number) => [actor, number]));
    let total = 0;
    for (const [one, other, stories] of strength) {
      if (!place.has(one) || !place.has(other)) continue;
      const apart = Math.abs(place.get(one) - place.get(other));
      total += stories * Math.min(apart, order.length - apart);
    }
    return total;
  };
  let order = [];
  for (const actor of actors) {
    let best = null;
    for (let spot = 0; spot <= order.length; spot += 1) {
      const tried = [...order.slice(0, spot), actor, ...order.slice(spot)];
      const cost = length(tried);
      if (!best || cost < best.cost) best = { cost, tried };
    }
    order = best.tried;
  }
  let cost = length(order);
  for (let round = 0, before = Infinity; round < 4 && cost < before; round += 1) {
    before = cost;
    for (let i = 0; i < order.length; i += 1) {
      for (let j = i + 1; j < order.length; j += 1) {
        [order[i], order[j]] = [order[j], order[i]];
        const tried = length(order);
        if (tried < cost) cost = tried;
        else [order[i], order[j]] = [order[j], order[i]];
      }
    }
  }
  return order;
}

const LINE = 15;
function wrapName(name, letters) {
  const lines = [""];
  for (const word of name.split(/\s+/)) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + 1 + word.length > letters) lines.push(word);
    else lines[last] = `${lines[last]} ${word}`.trim();
  }
  const three = lines.length > 3 ? [...lines.slice(0, 2), lines.slice(2).join(" ")] : lines;
  return three.map((line) => (line.length > letters + 3 ? `${line.slice(0, letters + 2)}…` : line));
}

function placeActors(actors, centre, weight, frame) {
  const around = actors.filter((actor) => actor !== centre);
  const heaviest = Math.max(...actors.map((actor) => weight.get(actor)));
  const nodes = around.map((actor, number) => {
    const angle = (2 * Math.PI * (number + 0.5)) / around.length - Math.PI / 2;
    const radius = 4 + 6 * Math.sqrt(weight.get(actor) / heaviest);
    const [x, y] = [frame.radiusX * Math.cos(angle), frame.radiusY * Math.sin(angle)];
    const lines = wrapName(nameOf(actor), frame.letters);
    const isRight = x >= -1e-6;
    return {
      actor, x, y, radius, lines, isRight, labelX: x + (isRight ? radius + 6 : -radius - 6), labelY: y - (LINE * lines.length) / 2,
    };
  });
  // labels of one side are pushed apart, from the middle outwards
  for (const isRight of [true, false]) {
    for (const sign of [1, -1]) {
      const column = nodes.filter((node) => node.isRight === isRight && (node.y >= 0) === (sign > 0)).sort((one, other) => sign * (one.y - other.y));
      let edge = null;
      for (const node of column) {
        const tall = LINE * node.lines.length;
        const wanted = node.labelY;
        if (edge !== null) node.labelY = sign > 0 ? Math.max(wanted, edge + 3) : Math.min(wanted, edge - 3 - tall);
        if (Math.abs(node.labelY - wanted) > LINE * 0.8) node.leader = node.labelY + tall / 2;
        edge = sign > 0 ? node.labelY + tall : node.labelY;
      }
    }
  }
  if (centre) {
    nodes.push({ actor: centre, x: 0, y: 0, radius: 11, lines: [nameOf(centre)], isCentre: true, labelX: 0, labelY: -11 - LINE - 4 });
  }
  return nodes;
}

function pathOf(one, other, aside, isStar) {
  const long = Math.hypot(other.x - one.x, other.y - one.y) || 1;
  const pull = isStar ? 1 : 0.6;
  const x = (pull * (one.x + other.x)) / 2 + ((one.y - other.y) / long) * aside;
  const y = (pull * (one.y + other.y)) / 2 + ((other.x - one.x) / long) * aside;
  const at = (far) => ({
    x: (1 - far) ** 2 * one.x + 2 * far * (1 - far) * x + far ** 2 * other.x,
    y: (1 - far) ** 2 * one.y + 2 * far * (1 - far) * y + far ** 2 * other.y,
  });
  return { at, d: `M${one.x.toFixed(1)} ${one.y.toFixed(1)}Q${x.toFixed(1)} ${y.toFixed(1)} ${other.x.toFixed(1)} ${other.y.toFixed(1)}` };
}

// The line of a standing: solid for what is asserted and for nothing else.
function strokeOf(standing, width) {
  const dashes = {
    alleged: [Math.max(6, width * 2), Math.max(4, width * 1.2)],
    prospective: [0.1, width * 2 + 2],
    ended: [10, 3, 2, 3],
    negated: [2, 3],
  }[standing];
  return { "stroke-width": (standing === "contested" ? Math.max(width, 4) : width).toFixed(1), "stroke-dasharray": dashes && dashes.join(" ") };
}
function drawLine(d, family, standing, width) {
  const stroke = strokeOf(standing, width);
  const line = s("path", { d, class: `edge s-${family} d-${standing}`, ...stroke });
  if (standing !== "contested") return [line];
  const gap = Math.max(1.6, stroke["stroke-width"] * 0.42);
  return [line, s("path", { d, class: "edge inner", "stroke-width": gap.toFixed(1) })];
}

function drawNetwork(box, claims, state) {
  const wide = WIDTH;
  const isNarrow = wide < 560;
  const edges = findEdges(claims);
  const { kept, weight, actors } = chooseEdges(edges, isNarrow ? 14 : 26, isNarrow ? 36 : 70);
  const centre = state.actor && !state.with && actors.length > 2 ? state.actor : null;
  const order = seat(actors, kept);
  const ring = order.length - (centre ? 1 : 0);
  const room = isNarrow ? 90 : 150;
  const frame = { letters: isNarrow ? 10 : 18, radiusX: Math.min(wide / 2 - room, 60 + ring * 30), radiusY: Math.min(isNarrow ? 170 : 220, 34 + ring * 11) };
  if (ring === 2 && !centre) frame.radiusX = wide / 2 - room;
  const nodes = placeActors(order, centre, weight, frame);
  const place = new Map(nodes.map((node) => [node.actor, node]));
  const groups = groupBy(kept, (edge) => edge.pairKey);
  const lines = [];
  const tags = [];
  for (const group of groups.values()) {
    const [one, other] = group[0].pair.map((actor) => place.get(actor));
    const spread = ring === 2 ? 46 : 24;
    group.sort((a, b) => DATA.families.indexOf(a.family) - DATA.families.indexOf(b.family) || firmness(a.standing) - firmness(b.standing));
    group.forEach((edge, number) => {
      const aside = (number - (group.length - 1) / 2) * spread;
      const { d, at } = pathOf(one, other, aside, Boolean(centre) || ring === 2);
      const width = Math.min(9, 1.2 + 1.1 * Math.sqrt(edge.stories));
      const label = `${pairWords(edge.pair)}, ${edge.family}: ${edge.standing}, ${supportWords(edge.claims)}`;
      lines.push({
        width,
        node: s("a", { href: linkToPick({ a: edge.pair[0], b: edge.pair[1], family: edge.family, standing: edge.standing }), "aria-label": label, "data-pair": edge.pairKey },
          s("title", null, label), s("path", { d, class: "touch" }), drawLine(d, edge.family, edge.standing, width)),
      });
      tags.push({ at, edge });
    });
  }
  lines.sort((one, other) => one.width - other.width);
  // a letter stands where no other does, as near to the middle of its line as can be
  const shown = [];
  const isFree = (spot) => [...shown, ...nodes].every((one) => Math.hypot(one.x - spot.x, one.y - spot.y) > 15);
  for (const { at, edge } of tags) {
    const spot = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73].map(at).find(isFree);
    if (spot) shown.push({ ...spot, edge });
  }
  const tops = nodes.flatMap((node) => [node.labelY - 4, node.y - node.radius - 4]);
  const bottoms = nodes.flatMap((node) => [node.labelY + LINE * node.lines.length, node.y + node.radius]);
  const spreadMost = ring === 2 ? Math.max(...[...groups.values()].map((group) => group.length)) * 14 : 0;
  const top = Math.min(...tops, -spreadMost) - 6;
  const tall = Math.max(...bottoms, spreadMost) + 8 - top;
  const picture = s("svg", {
    class: "picture", viewBox: `${-wide / 2} ${top.toFixed(1)} ${wide} ${tall.toFixed(1)}`, width: wide, height: tall.toFixed(0),
    role: "group", "aria-label": `Network of ${count(nodes.length, "actor")} and ${count(kept.length, "line")}; arrow keys move along the lines`,
  },
  s("g", { class: "edges" }, lines.map((line) => line.node)),
  s("g", { class: "tags", "aria-hidden": "true" }, shown.map(({ x, y, edge }) => s("text", { x: x.toFixed(1), y: (y + 3.2).toFixed(1), class: `tag t-${edge.family}` }, edge.standing === "negated" ? "×" : edge.family.charAt(0).toUpperCase()))),
  s("g", null, nodes.map(drawNode)));
  const left = edges.length - kept.length;
  box.replaceChildren(picture, h("p", { class: "hint" },
    `${isNarrow || !shown.length ? "" : "Letters name the family. "}Lines are wider with more stories.${left ? ` The ${figure(kept.length)} best supported of ${figure(edges.length)} lines are drawn.` : ""}`));
  rove(picture);
  // the lines of the actor under the pointer stand out
  for (const link of picture.querySelectorAll("a.actor")) {
    const own = lines.map((line) => line.node).filter((node) => JSON.parse(node.dataset.pair).includes(link.dataset.actor));
    const light = (isOn) => () => {
      picture.classList.toggle("dim", isOn);
      own.forEach((node) => node.classList.toggle("lit", isOn));
    };
    for (const name of ["mouseenter", "focus"]) link.addEventListener(name, light(true));
    for (const name of ["mouseleave", "blur"]) link.addEventListener(name, light(false));
  }
}

function drawNode(node) {
  const anchor = node.isCentre ? "middle" : node.isRight ? "start" : "end";
  return s("a", { href: linkTo({ actor: node.actor, with: undefined }), "aria-label": `${nameOf(node.actor)}: show this actor alone`, class: node.isCentre ? "actor centre" : "actor", "data-actor": node.actor },
    node.leader !== undefined && s("path", { class: "leader", d: `M${node.x.toFixed(1)} ${node.y.toFixed(1)}L${(node.labelX + (node.isRight ? -3 : 3)).toFixed(1)} ${node.leader.toFixed(1)}` }),
    s("circle", { class: "node", cx: node.x.toFixed(1), cy: node.y.toFixed(1), r: node.radius.toFixed(1) }),
    s("text", { class: "label", "text-anchor": anchor }, node.lines.map((line, number) =>
      s("tspan", { x: node.labelX.toFixed(1), y: (node.labelY + LINE * number + 11.5).toFixed(1) }, line))));
}

// One stop of the tab key per picture; arrow keys go from link to link.
function rove(picture) {
  const links = [...picture.querySelectorAll("a")];
  if (!links.length) return;
  links.forEach((link, number) => link.setAttribute("tabindex", number ? "-1" : "0"));
  picture.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const here = links.indexOf(event.target.closest("a"));
    if (!step || here < 0) return;
    event.preventDefault();
    const next = links[(here + step + links.length) % links.length];
    links[here].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}
