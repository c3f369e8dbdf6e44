
// ---- neighbourhood: one object, what it needs and what needs it ------------------------------------------------

const boxesShown = 40;
const listShown = 60;

const objectView = {
  title: "Object",
  opened: new Set(),

  show(page, stage) {
    const { recording } = page;
    if (view.focus === null) {
      put(stage, element("p", {}, "Search for an object or a session above, or choose one on the board."));
      return;
    }

    if (this.focus !== view.focus) {
      this.focus = view.focus;
      this.opened.clear();
    }

    const columns = columnsAround(recording, view.focus, view.hops, this.opened);
    put(stage,
      element("p", { class: "choice", role: "group", "aria-label": "Hops" }, "Hops: ",
        Array.from({ length: hopsMax }, (_, index) => button(String(index + 1), () => page.change({ hops: index + 1 }), {
          "aria-pressed": String(view.hops === index + 1), "aria-label": plural(index + 1, "hop") }))),
      facts(page, view.focus),
      this.picture(page, columns),
      this.list(page, columns));
  },

  picture(page, columns) {
    const lines = graphic("svg", { class: "lines", "aria-hidden": "true" });
    const boxes = new Map();
    const field = element("div", { class: "field" }, lines, columns.map(column => element("div", { class: "column" },
      element("h3", {}, headingOf(column.hop)),
      column.boxes.slice(0, boxesShown).map(box => {
        const made = this.box(page, box);
        box.codes.forEach(code => boxes.set(code, made));
        return made;
      }),
      column.boxes.length > boxesShown ? element("p", {}, `and ${column.boxes.length - boxesShown} more`) : null)));
    this.draw = () => drawLines(page, field, lines, boxes);
    requestAnimationFrame(this.draw);
    return element("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": "Neighbourhood" }, field);
  },

  box(page, box) {
    const { recording } = page;
    const code = box.codes[0];
    if (box.codes.length > 1) {
      return button(`${box.codes.length} x ${recording.likenessOf(code)}`, () => {
        this.opened.add(box.key);
        page.show();
      }, { class: "box many", "aria-expanded": "false", title: `${box.codes.length} that are alike: click to see each` });
    }

    const isFocus = code === view.focus;
    const made = button(recording.nameOf(code), () => page.change({ focus: code, dependency: null }, { focus: true }), {
      class: isFocus ? "box focus" : "box", "aria-current": isFocus ? "true" : null,
      title: `${recording.nameOf(code)}: ${recording.kindOf(code)}`,
    });
    made.append(element("small", {}, recording.kindOf(code)));
    return made;
  },

  list(page, columns) {
    const { recording } = page;
    const inside = new Set(columns.flatMap(column => column.boxes.flatMap(box => box.codes)));
    const rows = dependenciesInside(recording, inside);
    return element("section", { class: "dependencies", "aria-label": "Dependencies" },
      element("h3", {}, `${plural(rows.length, "dependency", "dependencies")} here`),
      element("ul", {}, rows.slice(0, listShown).map(index => element("li", {}, dependencyButton(page, index),
        ` ${recording.phaseNames(recording.dependencies[index].phases)}`))),
      rows.length > listShown ? element("p", {}, `and ${rows.length - listShown} more; fewer hops show fewer`) : null);
  },

  text(page) {
    const { recording } = page;
    if (view.focus === null) {
      return "";
    }

    const told = row => dependencyText(recording, recording.dependencies[row]).replace(/^/gm, "  ");
    const part = (name, rows) => `${name}\n${[...rows].map(told).join("\n") || "  nothing"}\n`;
    const vertex = recording.vertex(view.focus);
    return `${recording.nameOf(view.focus)} (${recording.kindOf(view.focus)})\n\n`
      + `${part("NEEDS", recording.needs.of(vertex))}\n${part("NEEDED BY", recording.neededBy.of(vertex))}\n`
      + `MORE      graph-order pins ${recording.data.command} ${shellWord(recording.rawName(view.focus))}\n`;
  },
};

function shellWord(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function headingOf(hop) {
  return hop === 0 ? "looked at"
    : hop < 0 ? `needed${hop < -1 ? `, ${-hop} hops` : ""}`
    : `needs it${hop > 1 ? `, ${hop} hops` : ""}`;
}

/** What is known of the thing looked at. */
function facts(page, code) {
  const { recording } = page;
  const parts = [element("b", {}, recording.nameOf(code)), ` ${recording.kindOf(code)}`];
  const place = recording.placeOf(recording.lineOf(code));
  if (code >= 0) {
    const file = recording.fileOf(code);
    parts.push(recording.tokenOf(code) ? `, token ${recording.tokenOf(code)}` : "");
    if (recording.sessionOf(code) >= 0) {
      parts.push(", session ", thingButton(page, ~recording.sessionOf(code), recording.sessionName(recording.sessionOf(code))));
    }

    if (file >= 0 && file !== code) {
      parts.push(", travels in ", thingButton(page, file));
    }

    const carried = [...recording.fileObjects.of(code)];
    carried.length && parts.push(", carries ",
      carried.slice(0, 12).flatMap((one, at) => [at ? ", " : "", thingButton(page, one, recording.shortName(one))]),
      carried.length > 12 ? ` and ${carried.length - 12} more` : "");
    parts.push(stepsOf(recording, code));
  } else {
    const objects = [...recording.sessionObjects.of(~code)];
    parts.push(", holds ", objects.slice(0, 24).flatMap((one, at) => [at ? ", " : "", thingButton(page, one, recording.shortName(one))]),
      objects.length > 24 ? ` and ${objects.length - 24} more` : "");
  }

  return element("p", { class: "facts" }, parts, place ? [", at ", element("code", {}, place)] : null);
}

function stepsOf(recording, object) {
  if (!recording.isLegal) {
    return "";
  }

  const told = ["preserve", "retrieve", "finish", "act"].filter(verb => recording.moved[verb][object])
    .map(verb => `${verb} ${recording.moved[verb][object]}`);
  return told.length ? `; steps: ${told.join(", ")}` : "; the kernel moves it by itself";
}

/** Columns of boxes by the hops from the focus: what it needs on the left, what needs it on the right. */
function columnsAround(recording, focus, hops, opened) {
  const placed = new Map([[focus, 0]]);
  for (const direction of [-1, 1]) {
    let edge = [focus];
    for (let hop = 1; hop <= hops; hop++) {
      const next = [];
      for (const code of edge) {
        const rows = direction < 0 ? recording.needs.of(recording.vertex(code)) : recording.neededBy.of(recording.vertex(code));
        for (const row of rows) {
          const other = direction < 0 ? recording.dependencies[row].on : recording.dependencies[row].dependent;
          if (!placed.has(other)) {
            placed.set(other, direction * hop);
            next.push(other);
          }
        }
      }

      edge = next;
    }
  }

  const columns = new Map();
  for (const [code, hop] of placed) {
    const column = columns.get(hop) ?? columns.set(hop, new Map()).get(hop);
    const key = code === focus ? "focus" : `${hop} ${recording.likenessOf(code)}`;
    column.has(key) ? column.get(key).push(code) : column.set(key, [code]);
  }

  return [...columns].sort(([a], [b]) => a - b).map(([hop, boxes]) => ({
    hop,
    boxes: [...boxes].flatMap(([key, codes]) => (opened.has(key) || codes.length < siblingsShown
      ? codes.map(code => ({ key, codes: [code] }))
      : [{ key, codes }])),
  }));
}

function dependenciesInside(recording, inside) {
  const rows = [];
  for (const code of inside) {
    for (const row of recording.needs.of(recording.vertex(code))) {
      inside.has(recording.dependencies[row].on) && rows.push(row);
    }
  }

  return rows.sort((a, b) => a - b);
}

/** A line for each pair of boxes that a dependency joins. */
function drawLines(page, field, lines, boxes) {
  const { recording } = page;
  const origin = field.getBoundingClientRect();
  lines.setAttribute("width", field.scrollWidth);
  lines.setAttribute("height", field.scrollHeight);
  const drawn = new Map();
  for (const row of dependenciesInside(recording, new Set(boxes.keys()))) {
    const { dependent, on, weight } = recording.dependencies[row];
    const ends = [boxes.get(on), boxes.get(dependent)];
    if (ends[0] !== ends[1]) {
      const known = drawn.get(ends[0]) ?? drawn.set(ends[0], new Map()).get(ends[0]);
      known.has(ends[1]) || known.set(ends[1], { row, isSoft: weight > 0 });
    }
  }

  const made = [];
  const shown = new Set(boxes.values());
  const placed = new Map([...shown].map(box => [box, placeOf(box, origin)]));
  const floor = Math.max(...[...placed.values()].map(place => place.bottom));
  let laneCount = 0;
  for (const [from, others] of drawn) {
    for (const [to, { row, isSoft }] of others) {
      const [on, dependent] = [placed.get(from), placed.get(to)];
      const curve = on.right < dependent.left ? curveAcross(on, dependent)
        : on.left < dependent.right && dependent.left < on.right ? curveBeside(on, dependent)
        : curveBelow(on, dependent);
      const isHidden = [...placed].some(([box, place]) => box !== from && box !== to && crosses(curve, place));
      const isApart = on.right < dependent.left || dependent.right < on.left;
      const path = isHidden && isApart
        ? lineAround(on, dependent, floor + laneGap * (1 + laneCount++ % lanesMost))
        : `M${curve[0]} ${curve[1]}C${curve.slice(2).join(" ")}`;
      made.push(graphic("g", { class: [isSoft ? "soft" : "", row === view.dependency ? "chosen" : ""].join(" "),
        onclick: () => page.change({ dependency: row }) },
        graphic("path", { d: path, class: "line", "marker-end": "url(#needed)" }), graphic("path", { d: path, class: "touch" })));
    }
  }

  lines.replaceChildren(
    graphic("marker", { id: "needed", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 9, markerHeight: 9,
      markerUnits: "userSpaceOnUse", orient: "auto" }, graphic("path", { d: "M0 0L8 4L0 8Z" })), ...made);
}

const laneGap = 7;
const lanesMost = 5;

function placeOf(box, origin) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  return { left: left - origin.left, right: right - origin.left, top: top - origin.top, bottom: bottom - origin.top,
    x: (left + right) / 2 - origin.left, y: (top + bottom) / 2 - origin.top };
}

// All run from the dependent to what it needs: where they begin, two points that pull at them, where they end.
function curveAcross(on, dependent) {
  const bend = (dependent.left - on.right) / 2;
  return [dependent.left, dependent.y, dependent.left - bend, dependent.y, on.right + bend, on.y, on.right, on.y];
}

function curveBeside(on, dependent) {
  return [dependent.left, dependent.y, dependent.left - 36, dependent.y, on.left - 36, on.y, on.left, on.y];
}

function curveBelow(on, dependent) {
  const depth = 24 + Math.abs(on.x - dependent.x) / 12;
  return [dependent.x, dependent.bottom, dependent.x, dependent.bottom + depth, on.x, on.bottom + depth, on.x, on.bottom];
}

/** Whether a curve runs behind a box. */
function crosses([x1, y1, x2, y2, x3, y3, x4, y4], { left, right, top, bottom }) {
  if (left > Math.max(x1, x2, x3, x4) || right < Math.min(x1, x2, x3, x4)
    || top > Math.max(y1, y2, y3, y4) || bottom < Math.min(y1, y2, y3, y4)) {
    return false;
  }

  const parts = 24;
  for (let part = 1; part < parts; part++) {
    const t = part / parts;
    const u = 1 - t;
    const x = u * u * u * x1 + 3 * u * u * t * x2 + 3 * u * t * t * x3 + t * t * t * x4;
    const y = u * u * u * y1 + 3 * u * u * t * y2 + 3 * u * t * t * y3 + t * t * t * y4;
    if (x > left && x < right && y > top && y < bottom) {
      return true;
    }
  }

  return false;
}

/** Down between two columns, along a lane below all boxes, and up again. */
function lineAround(on, dependent, lane) {
  const [way, corner] = [14, 6];
  const side = on.right < dependent.left ? -1 : 1;
  const [x1, x4] = side < 0 ? [dependent.left, on.right] : [dependent.right, on.left];
  const [x2, x3] = [x1 + side * way, x4 - side * way];
  // Apart from what ends in the middle of that side.
  const y1 = (dependent.y + dependent.bottom) / 2;
  return `M${x1} ${y1}Q${x2} ${y1} ${x2} ${y1 + corner}V${lane - corner}Q${x2} ${lane} ${x2 + side * corner} ${lane}`
    + `H${x3 - side * corner}Q${x3} ${lane} ${x3} ${lane - corner}V${on.y + corner}Q${x3} ${on.y} ${x4} ${on.y}`;
}
