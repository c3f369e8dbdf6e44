
// ---- steps: the run, step by step, and the slider that runs through it -----------------------------------------

const rowsShown = 240;

const stepsView = {
  title: "Steps",

  show(page, stage) {
    const { recording } = page;
    if (!recording.isLegal) {
      put(stage, element("p", {}, "There is no plan, so there are no steps."));
      return;
    }

    const { first, last } = windowAround(recording, view.step);
    const go = step => page.change({ step });
    const rows = recording.steps.slice(first - 1, last).map(step => stepRow(page, step));
    put(stage,
      first > 1 ? button(`Earlier steps (${first - 1})`, () => go(Math.max(first - rowsShown / 2, 1))) : null,
      wide("Steps", element("table", { class: "steps" },
        element("caption", {}, `Steps ${first} to ${last} of ${recording.steps.length}. `
          + "A bar on the left: a guest is paused."),
        element("thead", {}, element("tr", {},
          ["step", "does", "session", "token", "what", "why here"].map(name => element("th", { scope: "col" }, name)))),
        element("tbody", {}, rows))),
      last < recording.steps.length
        ? button(`Later steps (${recording.steps.length - last})`, () => go(Math.min(last + rowsShown / 2, recording.steps.length)))
        : null,
      recording.data.reasons ? null : element("p", {},
        `Reasons are left out of so long a run: graph-order why ${recording.data.command} A B`));
    this.first = first;
    this.last = last;
  },

  /** The slider moved: mark the row, and make new rows only where it left those that are there. */
  scrub(page, stage) {
    if (!this.first || view.step < this.first || view.step > this.last) {
      stage.querySelectorAll(":scope > :not(h2)").forEach(old => old.remove());
      this.show(page, stage);
    }

    stage.querySelector("tr[aria-current]")?.removeAttribute("aria-current");
    const row = stage.querySelector(`tr[data-step="${view.step}"]`);
    row?.setAttribute("aria-current", "step");
    row?.scrollIntoView({ block: "nearest" });
  },

  text: page => page.report.textContent,
};

function windowAround(recording, step) {
  const last = Math.min(Math.max(step + rowsShown / 2, rowsShown), recording.steps.length);
  return { first: Math.max(last - rowsShown + 1, 1), last };
}

function stepRow(page, step) {
  const { recording } = page;
  const carried = step.object >= 0 && step.verb !== "act" ? recording.movedBy(step).length - 1 : 0;
  const isJump = step.verb === "kexec";
  return element("tr", {
    "data-step": step.number, class: [step.paused ? "paused" : "", isJump ? "jump" : ""].join(" ").trim() || null,
    onclick: () => page.change({ step: step.number }),
  },
    element("th", { scope: "row" }, button(String(step.number), () => page.change({ step: step.number }), {
      "aria-label": `Step ${step.number}${step.paused ? ", a guest is paused" : ""}` })),
    element("td", {}, step.verb),
    element("td", {}, step.session < 0 ? "" : recording.sessionName(step.session)),
    element("td", {}, step.object < 0 ? "" : recording.tokenOf(step.object)),
    element("td", {}, step.object < 0
      ? (step.session < 0 && !isJump ? "everything" : "")
      : [thingButton(page, step.object, recording.shortName(step.object)), carried > 0 ? ` +${carried}` : ""]),
    element("td", {}, step.why, step.kernel ? element("span", { class: "kernel" }, ` ${step.kernel}`) : null));
}

/** The slider under every view. */
function makeScrubber(page) {
  const { recording } = page;
  const bar = byId("scrubber");
  bar.hidden = !recording.isLegal || recording.steps.length === 0;
  if (bar.hidden) {
    return;
  }

  const count = recording.steps.length;
  const to = step => () => page.change({ step: Math.min(Math.max(step, 1), count) });
  const marks = new Map();
  recording.steps.forEach(step => marks.has(step.verb) || marks.set(step.verb, step.number));
  const jumps = ["preserve", "kexec", "retrieve", "finish"].filter(verb => marks.has(verb));
  bar.append(
    button("Previous", () => to(view.step - 1)(), { "aria-label": "Previous step" }),
    element("input", { type: "range", id: "slider", min: 1, max: count, value: 1, "aria-label": "Step",
      oninput: event => page.change({ step: Number(event.target.value) }) }),
    button("Next", () => to(view.step + 1)(), { "aria-label": "Next step" }),
    element("span", { id: "step-text" }),
    element("span", { class: "jumps" }, jumps.map(verb => button(verb, to(marks.get(verb))))));
}

function moveScrubber(page) {
  const step = page.recording.steps[view.step - 1];
  const slider = byId("slider");
  if (step && slider) {
    const told = `Step ${step.number} of ${page.recording.steps.length}: ${page.recording.sentenceOf(step)}`;
    slider.value = step.number;
    slider.setAttribute("aria-valuetext", told);
    byId("step-text").textContent = step.paused ? `${told} (a guest is paused)` : told;
  }
}
