
// ---- why: why one thing goes before another --------------------------------------------------------------------

const whyView = {
  title: "Why before",

  show(page, stage) {
    const { recording } = page;
    const end = (label, name) => element("div", { class: "end" }, finder(page, label, `why-${name}`,
      code => page.change({ [name]: code }), view[name] === null ? "" : recording.nameOf(view[name])));
    stage.append(
      element("div", { class: "ends" }, end("Why does", "from"), end("come before", "to"),
        element("label", {}, "in ", element("select", { id: "why-phase", onchange: event => page.change({ phase: Number(event.target.value) }) },
          recording.phases.map(phase => element("option", { value: phase.index, selected: phase.index === view.phase }, phase.name)))),
        button("Turn round", () => page.change({ from: view.to, to: view.from }))));
    if (view.from === null || view.to === null) {
      stage.append(element("p", {}, "Choose two objects or sessions."));
      return;
    }

    const found = new Chains(recording, view.phase).between(view.from, view.to);
    stage.append(
      element("p", { class: `answer ${found.verdict}`, role: "status" }, verdictOf(recording, found)),
      found.chain.length ? element("ol", { class: "why", "aria-label": "A shortest chain" }, found.chain.map(arc => element("li", {},
        element("p", {}, thingButton(page, arc.first), " before ", thingButton(page, arc.then),
          arc.phase.index === view.phase ? ", since" : ` (by ${arc.phase.name}), since`),
        element("p", { class: "since" }, dependencyButton(page, arc.row), ` ${recording.whoSays(recording.dependencies[arc.row])}`,
          element("code", {}, ` ${recording.placeOf(recording.dependencies[arc.row].line)}`))))) : null,
      element("p", {}, "What would have to change: ", element("code", {}, moreOf(recording))));
  },

  text(page) {
    const { recording } = page;
    if (view.from === null || view.to === null) {
      return "";
    }

    const found = new Chains(recording, view.phase).between(view.from, view.to);
    const lines = [verdictOf(recording, found), ""];
    found.chain.forEach((arc, index) => {
      const by = arc.phase.index === view.phase ? "" : ` (by ${arc.phase.name})`;
      lines.push(`${index ? "         " : "CHAIN    "} ${index + 1}. ${recording.nameOf(arc.first)} before ${recording.nameOf(arc.then)}${by}, since`,
        dependencyText(recording, recording.dependencies[arc.row]).replace(/^\s*/gm, "               "));
    });
    return `${lines.join("\n")}\n\nMORE      ${moreOf(recording)}\n`;
  },
};

function moreOf(recording) {
  const phase = recording.phases[view.phase].name;
  return `graph-order why ${recording.data.command} ${shellWord(recording.rawName(view.from))} ${shellWord(recording.rawName(view.to))}`
    + (view.phase === 0 ? "" : ` --phase ${phase}`);
}

function verdictOf(recording, { verdict }) {
  const [from, to] = [recording.nameOf(view.from), recording.nameOf(view.to)];
  const phase = recording.phases[view.phase];
  return verdict === "first" ? `YES: ${from} must ${phase.todo} before ${to}.`
    : verdict === "then" ? `THE OTHER WAY ROUND: ${to} must ${phase.todo} before ${from}.`
    : verdict === "together" ? `TOGETHER: ${from} and ${to} move as one in ${phase.name}.`
    : `NO: nothing orders ${from} and ${to} in ${phase.name}.${plannedOf(recording)}`;
}

function plannedOf(recording) {
  const order = recording.orders?.[view.phase] ?? [];
  const chains = new Chains(recording, view.phase);
  const at = code => order.findIndex(([mover]) => mover === code || mover === chains.moverOf(code)
    || (mover < 0 && mover === ~recording.sessionOf(code)));
  const [from, to] = [at(view.from), at(view.to)];
  return from < 0 || to < 0 || from === to ? ""
    : ` The plan has ${recording.nameOf(from < to ? view.from : view.to)} first all the same.`;
}
