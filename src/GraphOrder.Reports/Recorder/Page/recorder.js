
// ---- recorder: the page itself ---------------------------------------------------------------------------------

const views = { overview, steps: stepsView, board, object: objectView, why: whyView, compare: compareView, journal: journalView };

const page = {
  recording: new Recording(JSON.parse(byId("recording").textContent)),
  report: byId("report"),

  /** Alters what is looked at. Running through the steps leaves no trail behind; looking elsewhere does. */
  change(patch, { focus = false } = {}) {
    const isScrub = Object.keys(patch).length === 1 && patch.step !== undefined;
    const before = { ...view };
    Object.assign(view, patch);
    const fragment = fragmentOf(this.recording, view);
    history[isScrub ? "replaceState" : "pushState"](null, "", fragment);
    if (isScrub && before.step !== view.step) {
      this.scrub();
    } else if (!isScrub) {
      this.show();
    }

    if (focus) {
      byId("stage").querySelector("h2").focus();
    }
  },

  /** Draws the view anew. */
  show() {
    const shown = views[view.name];
    const stage = byId("stage");
    stage.className = view.name;
    stage.replaceChildren(element("h2", { tabindex: -1 }, shown.title));
    if (this.recording.isOverviewAlone && shown !== overview) {
      put(stage, element("p", {}, `With ${this.recording.data.objectCount.toLocaleString("en")} objects this page carries the `
        + "overview alone. The commands why, pins and plan answer for each."));
    } else {
      shown.show(this, stage);
    }

    for (const link of byId("views").children) {
      const name = link.dataset.view;
      link.setAttribute("href", fragmentOf(this.recording, { ...view, name, dependency: null }));
      name === view.name ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    }

    document.title = `${shown.title}: ${this.recording.set} - GraphOrder`;
    showDetails(this);
    moveScrubber(this);
    if (!this.recording.isOverviewAlone) {
      shown.scrub?.(this, stage);
    }
  },

  /** Another journal was laid beside the plan: what the page says is of that one from now on. */
  retell(text, isGood) {
    this.report.textContent = text;
    this.recording.data.good = isGood;
    showVerdict();
  },

  scrub() {
    moveScrubber(this);
    views[view.name].scrub?.(this, byId("stage"));
  },
};

function showVerdict() {
  const { recording, report } = page;
  const verdict = report.textContent.split("\n\n", 1)[0].replace(/\s*\n\s*/g, " ");
  const heading = byId("verdict");
  heading.textContent = verdict;
  heading.className = !recording.isLegal || recording.data.good === false ? "illegal" : /refuse|GO\d/.test(verdict) ? "warned" : "legal";
}

function showHeader() {
  const { recording } = page;
  showVerdict();
  const { objects, objectCount, sessionCount, dependencyCount } = recording.data;
  const acts = objects.reduce((count, _, index) => count + (recording.isAct(index) ? 1 : 0), 0);
  byId("facts").textContent = [recording.set, recording.data.kernels, plural(sessionCount, "session"),
    plural(objectCount - acts, "object"), acts ? plural(acts, "act") : "",
    plural(dependencyCount, "dependency", "dependencies"),
    `${recording.data.input.slice(0, 23)}...`].filter(Boolean).join(" \u00b7 ");
  byId("search").append(finder(page, "Search", "find", code =>
    page.change({ name: "object", focus: code, dependency: null }, { focus: true })));
  for (const [name, { title }] of Object.entries(views)) {
    byId("views").append(element("a", { "data-view": name, href: "#" }, title));
  }
}

async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
    announce(`${told} is in the clipboard.`);
  } catch {
    const dialog = byId("text-dialog");
    const area = dialog.querySelector("textarea");
    area.value = text;
    dialog.showModal();
    area.select();
    announce("The clipboard is closed to this page: copy the text from the field.");
  }
}

page.report.remove();
showHeader();
makeScrubber(page);
byId("copy-text").addEventListener("click", () => copy(views[view.name].text(page), "The text"));
byId("copy-link").addEventListener("click", () => copy(location.href, "The link"));
addEventListener("popstate", () => { readFragment(page.recording); page.show(); });
addEventListener("resize", () => view.name === "object" && objectView.draw?.());
addEventListener("keydown", event => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    event.preventDefault();
    byId("find").focus();
  }
});
journalView.open(page);
readFragment(page.recording);
if (!location.hash) {
  view.name = page.recording.data.difference ? "compare" : page.recording.data.journal !== undefined ? "journal" : view.name;
}

page.show();
