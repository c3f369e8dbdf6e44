
// ---- why: why one thing goes before another --------------------------------------------------------------------

const whyView = {
  title: "Why before",

  show(page, stage) {
    const { recording } = page;
    const end = (label, name) => element("div", { class: "end" }, finder(page, label, `why-${name}`,
      code => page.change({ [name]: code }), view[name] === null ? "" : recording.nameOf(view[name])));
    put(stage,
      element("div", { class: "ends" }, end("Why does", "from"), end("come before", "to"),
        element("label", {}, "in ", element("select", { id: "why-phase", onchange: event => page.change({ phase: Number(event.target.value) }) },
          recording.phases.map(phase => element("option", { value: phase.index, selected: phase.index === view.phase }, phase.name)))),
        button("Turn round", () => page.change({ from: view.to, to: view.from }))));
    if (view.from === null || view.to === null) {
      put(stage, element("p", {}, "Choose two objects or sessions."));
      return;
    }

    const found = new Chains(recording, view.phase).between(view.from, view.to);
    put(stage,
      element("p", { class: `answer ${found.verdict}`, role: "status" }, verdictOf(recording, found)),
      found.chain.length ? element("ol", { class: "why", "aria-label": "A shortest chain" }, found.chain.map(arc => element("li", {},
        element("p", {}, thingButton(page, arc.first), " before ", thingButton(page, arc.then),
          arc.phase.index === view.phase ? ", since" : ` (by ${arc.phase.name}), since`),
        element("p", { class: "since" }, dependencyButton(page, arc.row), ` ${recording.whoSays(recording.dependencies[arc.row])}`,
          element("code", {}, ` ${recording.placeOf(recording.dependencies[arc.row].line)}`))))) : null,
      found.chain.length ? element("details", {}, element("summary", {}, "As text"),
        element("pre", { class: "report", tabindex: 0 }, this.text(page))) : null,
      element("p", {}, "What would have to change: ", element("code", {}, moreOf(recording))));
  },

  text(page) {
    const { recording } = page;
    if (view.from === null || view.to === null) {
      return "";
    }

    const found = new Chains(recording, view.phase).between(view.from, view.to);
    return `${[verdictOf(recording, found), ...chainText(recording, found)].join("\n")}\n\nMORE      ${moreOf(recording)}\n`;
  },
};

/** A chain as the command writes it, without the rules of the models. */
function chainText(recording, { verdict, chain, isBySession }) {
  if (!chain.length) {
    return [];
  }

  const indent = " ".repeat(10);
  const level = isBySession ? "as sessions, which move as a whole; " : "";
  const lines = ["", `CHAIN     ${level}${plural(chain.length, "step")}, and none is shorter`];
  const [from, to] = verdict === "then" ? [view.to, view.from] : [view.from, view.to];
  const join = (asked, told) => asked !== told && lines.push(indent + joinOf(recording, asked, told, isBySession));
  join(from, chain[0].first);
  chain.forEach((arc, index) => {
    const by = arc.phase.index === view.phase ? "" : ` (by ${arc.phase.name})`;
    lines.push(`${indent}${index + 1}. ${recording.nameOf(arc.first)} before ${recording.nameOf(arc.then)}${by}, since`);
    dependencyText(recording, recording.dependencies[arc.row]).split("\n").forEach(line =>
      lines.push(`${indent}     ${line.trim()}`));
    const next = chain[index + 1];
    if (next && next.first !== arc.then) {
      const home = isBySession ? recording.sessionName(recording.sessionOf(arc.then)) : recording.nameOf(recording.fileOf(arc.then));
      lines.push(`${indent}   both in ${home}:`);
    }
  });
  join(to, chain.at(-1).then);
  return lines;
}

function joinOf(recording, asked, told, isBySession) {
  if (asked < 0) {
    return `${recording.nameOf(told)} is in ${recording.nameOf(asked)}`;
  }

  const isOneFile = !isBySession && told >= 0 && recording.fileOf(asked) >= 0 && recording.fileOf(asked) === recording.fileOf(told);
  const home = isOneFile ? recording.nameOf(recording.fileOf(asked)) : `session ${recording.sessionName(recording.sessionOf(asked))}`;
  return `${recording.nameOf(asked)} and ${recording.nameOf(told)} are in ${home}`;
}

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
    : verdict === "both" ? `CONTRADICTION: ${from} and ${to} must each ${phase.todo} before the other.`
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
