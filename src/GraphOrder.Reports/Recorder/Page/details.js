
// ---- details: who declared a dependency, and why --------------------------------------------------------------

/** "A needs B" as a button that shows who says so. */
function dependencyButton(page, index) {
  const { recording } = page;
  const dependency = recording.dependencies[index];
  const isSoft = dependency.weight > 0;
  return element("button", {
    type: "button", class: "dependency", "aria-pressed": String(view.dependency === index), "data-dependency": index,
    onclick: () => page.change({ dependency: index }),
  },
    element("b", {}, recording.nameOf(dependency.dependent)), " needs ",
    element("b", {}, recording.nameOf(dependency.on)),
    isSoft ? element("i", {}, " (soft)") : null);
}

/** A thing's name as a button that looks at it. */
function thingButton(page, code, text = page.recording.nameOf(code)) {
  return button(text, () => page.change({ name: "object", focus: code, dependency: null }, { focus: true }), {
    class: "thing", title: `${page.recording.nameOf(code)}: ${page.recording.kindOf(code)}`,
  });
}

function dependencyText(recording, dependency) {
  const place = recording.placeOf(dependency.line);
  return `${recording.nameOf(dependency.dependent)}  needs  ${recording.nameOf(dependency.on)}`
    + `${place ? `    ${place}` : ""}\n  ${recording.whoSays(dependency)}`;
}

function showDetails(page) {
  const { recording } = page;
  const aside = byId("details");
  const index = view.dependency;
  aside.hidden = index === null;
  aside.replaceChildren();
  if (index === null) {
    return;
  }

  const dependency = recording.dependencies[index];
  const waived = dependency.phases & ~dependency.binding;
  const fact = (name, ...told) => [element("dt", {}, name), element("dd", {}, ...told)];
  put(aside,
    element("h2", {}, "Dependency"),
    element("p", { class: "ends" }, thingButton(page, dependency.dependent), " needs ",
      thingButton(page, dependency.on)),
    element("dl", {},
      fact("Who says so", recording.whoSays(dependency)),
      dependency.line ? fact("Where", element("code", {}, recording.placeOf(dependency.line))) : null,
      fact("Phases", recording.phaseNames(dependency.phases)),
      waived ? fact("Waived in", recording.phaseNames(waived)) : null,
      fact("Strength", dependency.weight ? `soft, weight ${dependency.weight}` : "hard"),
      recording.orders ? fact("In this plan", element("ul", {}, placesOf(recording, dependency))) : null),
    button("Close", () => page.change({ dependency: null }), { class: "close" }));
}

/** Which end goes first in each phase, by the numbers of their steps. */
function placesOf(recording, dependency) {
  const rows = [];
  for (const [verb, phase] of [["preserve", 0], ["retrieve", 4], ["finish", 5]]) {
    const [on, dependent] = [dependency.on, dependency.dependent].map(code =>
      (code >= 0 ? recording.moved[verb][code] || recording.moved.act[code] : 0));
    if (dependency.phases & (1 << phase) && on > 0 && dependent > 0) {
      const neededFirst = recording.phases[phase].neededFirst;
      const [first, then] = neededFirst ? [on, dependent] : [dependent, on];
      rows.push(element("li", {}, first === then
        ? `${verb}: both in step ${first}`
        : `${verb}: step ${first} before step ${then}`));
    }
  }

  return rows.length ? rows : element("li", {}, "the kernel orders it by itself");
}
