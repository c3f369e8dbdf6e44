
// ---- compare: a second plan beside this one ----------------------------------------------------------------------

const slopesShown = 40;

const compareView = {
  title: "Compare",
  difference: null,
  problem: null,

  show(page, stage) {
    // What `diff --format html` wrote into the page, with its causes.
    this.difference ??= page.recording.data.difference ?? null;
    put(stage,
      this.problem ? element("p", { class: "problem", role: "alert" }, this.problem) : null,
      this.difference ? this.shown(page, this.difference) : null,
      fileField("compare-file", "A second plan: what plan --format json wrote, or a page like this one",
        (text, name) => this.read(page, text, name)));
  },

  read(page, text, name) {
    try {
      const second = PlanOutline.read(text, name);
      this.difference = differenceOf(PlanOutline.ofRecording(page.recording, page.recording.set), second);
      this.problem = null;
    } catch (error) {
      this.problem = error instanceof SyntaxError ? "This is no JSON document and no page like this one. Choose what plan --format json wrote."
        : error.message;
    }

    page.show();
  },

  shown(page, difference) {
    const changed = difference.phases.filter(phase => phase.isComparable && phase.movedCount);
    const phase = changed.find(one => one.phase === page.recording.phases[view.phase].name) ?? changed[0];
    const text = differenceText(difference);
    return element("section", { "aria-label": "Difference" },
      element("p", { class: "answer" }, text.split("\n\n", 1)[0].replace(/\s*\n\s*/g, " ")),
      changed.length ? element("p", { class: "choice", role: "group", "aria-label": "Phase" }, changed.map(one =>
        button(`${one.phase}: ${one.movedCount} moved`, () => page.change({ phase: page.recording.phases.findIndex(found => found.name === one.phase) }),
          { "aria-pressed": String(one === phase) }))) : null,
      phase ? slopes(page, difference, phase) : null,
      element("h3", {}, "As text"),
      element("pre", { class: "report", tabindex: 0, "aria-label": "The difference as text" }, text));
  },

  text() {
    return this.difference ? differenceText(this.difference) : "";
  },
};

/** The steps of both plans in two columns; a line for each that moved. */
function slopes(page, difference, phase) {
  const { moved } = phase;
  const shown = moved.slice(0, slopesShown);
  const rows = shown.length + 1;
  const [height, width, edge] = [26, 260, 8];
  const place = (order, step) => order.indexOf(step) * height + height * 1.5;
  const left = [...shown].sort((a, b) => a.first - b.first);
  const right = [...shown].sort((a, b) => a.second - b.second);
  const label = (step, number) => `${number + 1}. ${shownStep(step)}`;
  const item = (step, number) => element("li", { title: shownStep(step) }, label(step, number));
  return element("figure", { class: "slopes" },
    element("figcaption", {}, `${phase.phase}: ${counted(phase.movedCount, "step")} moved, ${counted(phase.turnedPairs, "pair")} turned round`
      + `${phase.movedCount > shown.length ? `; the first ${shown.length} are drawn` : ""}. Numbers are places in the phase.`),
    element("div", { class: "sides" },
      element("div", {}, element("h3", {}, `first: ${plainWhole(difference.first.name)}`), element("ol", {}, left.map(step => item(step, step.first)))),
      graphic("svg", { viewBox: `0 0 ${width} ${rows * height}`, width, height: rows * height, "aria-hidden": "true" }, shown.map(step =>
        graphic("path", { class: step.by > 0 ? "later" : "earlier", d: `M0 ${place(left, step)}C${width / 2} ${place(left, step)} ${width / 2} ${place(right, step)} ${width - edge} ${place(right, step)}` }))),
      element("div", {}, element("h3", {}, `second: ${plainWhole(difference.second.name)}`), element("ol", {}, right.map(step => item(step, step.second))))),
    element("ul", { class: "moves" }, shown.map(step => element("li", {}, element("b", {}, shownStep(step)),
      ` ${step.first + 1} -> ${step.second + 1}, ${movedBy(step)}, turned round with ${step.turned}`,
      step.cause !== undefined ? element("span", { class: "who" }, `: ${difference.causes[step.cause]}`) : null))));
}
