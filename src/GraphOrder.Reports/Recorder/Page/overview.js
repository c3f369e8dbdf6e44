
// ---- overview: the verdict, and what it rests on ---------------------------------------------------------------

const findingsShown = 20;

const overview = {
  title: "Overview",

  show(page, stage) {
    const { recording } = page;
    const { walks, walkCount } = recording.data;
    put(stage,
      walks.length ? walkChoice(page, walks, walkCount)
        : recording.guests.length && recording.isLegal ? blackoutPicture(page)
        : recording.isLegal && !recording.isOverviewAlone ? finishOrder(page)
        : recording.isLegal ? element("p", {}, "The report below says it all; the set is too large to be drawn.")
        : element("p", {}, "There is no order to draw; the reasons are below."),
      findings(recording),
      element("h3", {}, "As text"),
      page.report);
  },

  text: page => page.report.textContent,
};

/** One walk, and the way to the others where there are more. */
function walkChoice(page, walks, count) {
  const place = element("div", { class: "walks" });
  const show = index => {
    place.replaceChildren();
    if (walks.length > 1) {
      const told = count > walks.length ? `, ${count} in all` : "";
      place.append(element("p", { class: "choice" },
        button("Previous walk", () => show(index - 1), { disabled: index === 0 }),
        ` ${index + 1} of ${walks.length}${told} `,
        button("Next walk", () => show(index + 1), { disabled: index === walks.length - 1 })));
    }

    place.append(walkPicture(page, walks[index]));
  };
  show(0);
  return place;
}

/** Nobody says when a guest is paused: what people ask next is the order in which sessions finish. */
function finishOrder(page) {
  const { recording } = page;
  const steps = recording.steps.filter(step => step.verb === "finish");
  const name = step => (step.object >= 0 ? recording.nameOf(step.object)
    : step.session >= 0 ? recording.sessionName(step.session) : "everything");
  return element("figure", { class: "finish" },
    element("figcaption", {}, "The set does not say when guests are paused. Finish order:"),
    element("ol", {}, steps.slice(0, findingsShown).map(step => element("li", { value: step.number },
      button(name(step), () => page.change({ name: "steps", step: step.number }, { focus: true })),
      ` ${step.why}`))),
    steps.length > findingsShown ? element("p", {}, `${steps.length - findingsShown} more; Steps has them all.`) : null);
}

function findings(recording) {
  const { diagnostics, diagnosticCount } = recording.data;
  if (!diagnostics.length) {
    return element("p", {}, "The plan has no finding against it.");
  }

  const shown = diagnostics.slice(0, findingsShown);
  return element("section", { class: "findings", "aria-label": "Findings" },
    element("h3", {}, "Findings"),
    element("ul", {}, shown.map(([code, severity, sentence, wayOut]) => element("li", { class: severities[severity] },
      element("b", {}, `${severities[severity]} ${code}`), ` ${sentence} `, element("i", {}, wayOut)))),
    diagnosticCount > shown.length
      ? element("p", {}, `${diagnosticCount - shown.length} more; --format json has them all.`) : null);
}
