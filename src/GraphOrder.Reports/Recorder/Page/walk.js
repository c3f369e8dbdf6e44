
// ---- walk: an impossible set as the closed walk it is ----------------------------------------------------------

const walkStepsShown = 24;

/** A closed walk: boxes in a column, what forces each step between them, and the way back along the edge. */
function walkPicture(page, walk) {
  const { recording } = page;
  const hidden = Math.max(walk.steps.length - walkStepsShown, 0);
  const rows = walk.steps.map((step, index) => walkStep(page, walk, step, index));
  if (hidden > 0) {
    const middle = rows.splice(walkStepsShown / 2, hidden);
    const more = element("li", { class: "folded" }, button(`${plural(hidden, "more step")}`, event => {
      event.target.closest("li").replaceWith(...middle);
    }));
    rows.splice(walkStepsShown / 2, 0, more);
  }

  const told = walk.count > walk.steps.length
    ? ` The first ${walk.steps.length} of ${walk.count} steps are here; --format json has them all.` : "";
  return element("figure", { class: "walk" },
    element("figcaption", {}, element("b", {}, walk.code), ` ${walk.kind}${told}`),
    element("ol", { "aria-label": "A closed walk" }, rows),
    element("p", { class: "back" }, `back at 1: ${walk.steps[0].first}`,
      walk.shortest ? "" : ". It is the shortest through its first object; a shorter one may exist"));
}

function walkStep(page, walk, step, index) {
  const { recording } = page;
  const code = step.dependent === undefined ? null : findShown(recording, step.dependent);
  const on = step.on === undefined ? null : findShown(recording, step.on);
  const dependency = code === null || on === null ? -1
    : [...recording.needs.of(recording.vertex(code))].find(row => recording.dependencies[row].on === on) ?? -1;
  const since = step.dependent === undefined
    ? element("p", { class: "since" }, "the kernel has it so already")
    : element("p", { class: "since" }, "since ",
      dependency >= 0 ? dependencyButton(page, dependency) : `${step.dependent} needs ${step.on}`,
      element("span", { class: "who" }, ` ${step.who}`),
      step.line ? element("code", {}, ` ${recording.placeOf(step.line)}`) : null);
  return element("li", {},
    element("p", { class: "mover" }, step.first),
    element("div", { class: "arrow" },
      element("p", {}, element("b", {}, step.phase), ` ${step.order}before ${step.then}`),
      since,
      element("p", { class: "rule" }, step.rule)));
}

/** What has a name that is already as it is shown. */
function findShown(recording, shown) {
  if (!recording.shownCodes) {
    recording.shownCodes = new Map();
    for (let code = -recording.sessionCount; code < recording.objectCount; code++) {
      recording.shownCodes.set(recording.nameOf(code), code);
    }
  }

  return recording.shownCodes.get(shown) ?? null;
}
