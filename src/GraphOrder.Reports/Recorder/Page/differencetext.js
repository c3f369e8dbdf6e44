
// ---- differencetext: a difference as `diff` writes it --------------------------------------------------------------

const movedShown = 10;
const namesShown = 6;
const subjectsShown = 4;

function shownStep(step) {
  return step.kind === "session" ? `session:${plainName(step.name)}` : step.kind === "everything" ? "everything" : plainName(step.name);
}

function movedBy(step) {
  return step.by === 0 ? "in place" : `${Math.abs(step.by)} ${step.by > 0 ? "later" : "earlier"}`;
}

function counted(count, one, more = `${one}s`) {
  return `${count} ${count === 1 ? one : more}`;
}

function differenceText(difference) {
  if (difference.text !== null) {
    return difference.text;
  }

  const lines = new TextLines();
  const { first, second, phases } = difference;
  lines.verdict(...differenceVerdict(difference));
  lines.blank();
  const widest = Math.max(plainWhole(first.name).length, plainWhole(second.name).length);
  for (const [label, side] of [["first", first], ["second", second]]) {
    const told = `${side.input.slice(0, 23)}...  ${plainName(side.model)}`;
    const column = 12 + widest + 2;
    lines.cells([2, label], [12, plainWhole(side.name)], [column + told.length <= lineWidth ? column : 12, told]);
  }

  if (first.rules !== second.rules) {
    lines.labelled(2, "rules", 12, '"needs" was read by two different rule tables');
  }

  if (phases.some(phase => phase.moved.length)) {
    lines.labelled(2, "causes", 12, "cannot be told without dependencies: plan with --certificate, or name the sets with --set");
  }

  refusalLines(lines, first, second);
  phaseLines(lines, phases);
  movedLines(lines, phases);
  onlyLines(lines, "NEW", phases, phase => phase.onlySecond);
  onlyLines(lines, "GONE", phases, phase => phase.onlyFirst);
  sessionLines(lines, difference.sessions);
  listLines(lines, "WAIVERS", difference.waived, plainName);
  listLines(lines, "FINDINGS", difference.findings, found => `${found.code} ${found.severity}: ${subjectsOf(found)}`);
  return lines.text;
}

/** The end of a sentence: what differs beside the order; empty where nothing does. */
function besideOrder({ first, second, waived, findings }) {
  const counts = [[waived, "waiver"], [findings, "finding"]].map(([{ added, gone }, noun]) => [added.length + gone.length, noun]);
  const parts = [[first.input === second.input ? 0 : 1, "the set"], [first.model === second.model ? 0 : 2, "the models"],
    [first.rules === second.rules ? 0 : 2, "the rules"], ...counts.map(([count, noun]) => [count, counted(count, noun)])]
    .filter(([count]) => count > 0);
  const names = parts.map(([, name]) => name);
  return !parts.length ? ""
    : parts.length === 1 ? `, but ${names[0]} ${parts[0][0] === 1 ? "differs" : "differ"}`
    : `, but ${names.slice(0, -1).join(", ")} and ${names.at(-1)} differ`;
}

function differenceVerdict(difference) {
  const { first, second, phases, sessions } = difference;
  const codes = side => [...new Set(side.diagnostics.filter(found => found.severity === "error").map(found => found.code))].sort().join(", ");
  if (!first.isLegal || !second.isLegal) {
    const error = second.diagnostics.find(found => found.severity === "error");
    return second.isLegal ? ["NOW LEGAL", `: the first was refused (${codes(first)}).`]
      : first.isLegal ? ["NOW REFUSED", `: ${error ? subjectsOf(error) : "no reason is told"} (${error?.code ?? ""}).`]
      : ["STILL REFUSED", codes(first) === codes(second) ? ` (${codes(first)})${besideOrder(difference)}.` : `: ${codes(first)} became ${codes(second)}.`];
  }

  const apart = phases.filter(phase => !phase.isComparable);
  const names = apart.map(phase => phase.phase).join(", ");
  const unlike = apart.length ? ` Not comparable: ${names}.` : "";
  const moved = phases.filter(phase => phase.moved.length);
  const where = moved.length === 0 || moved.length === phases.length ? "all six phases" : `${moved.length} of ${phases.length} phases`;
  const steps = stepChanges(phases);
  const isSame = !apart.length && !moved.length && !steps && sessions.every(isSameOrder);
  if (isSame) {
    return ["SAME ORDER", ` in ${where}${besideOrder(difference)}.`];
  }

  if (!moved.length) {
    return apart.length && !steps
      ? ["NOT COMPARABLE", ` in ${names}: the models move other things in one step.${apart.length < phases.length ? " The other phases have the same order." : ""}`]
      : ["STEPS CHANGED", `: ${steps || "the orders of sessions differ"}; what both have keeps its order.${unlike}`];
  }

  const sum = count => phases.reduce((total, phase) => total + count(phase), 0);
  return ["ORDER CHANGED", ` in ${where}: ${sum(phase => phase.moved.length)} of ${counted(sum(phase => phase.common), "step")} moved, `
    + `${counted(sum(phase => phase.turnedPairs), "inversion")}.${steps ? ` Also ${steps}.` : ""}${unlike}`];
}

const refusalsShown = 3;

function refusalLines(lines, first, second) {
  const errors = second.diagnostics.filter(found => found.severity === "error");
  if (!first.isLegal || !errors.length) {
    return;
  }

  lines.blank();
  errors.slice(0, refusalsShown).forEach(error => lines.labelled(0, error.code, 10, subjectsOf(error)));
  if (errors.length > refusalsShown) {
    lines.cells([2, `... ${counted(errors.length - refusalsShown, "more error")}; --format json has them all ...`]);
  }
}

function isSameOrder(order) {
  return order.isInFirst === order.isInSecond && !order.moved.length && !order.onlyFirst.length && !order.onlySecond.length;
}

function stepChanges(phases) {
  const kinds = [
    [phase => phase.onlySecond.length, "is new", "are new"], [phase => phase.onlyFirst.length, "is gone", "are gone"],
    [phase => phase.insideFirst, "is inside another in the first", "are inside others in the first"],
    [phase => phase.insideSecond, "is inside another in the second", "are inside others in the second"],
    [phase => phase.tokenChanged, "has another token", "have another token"],
    [phase => phase.sessionChanged, "is in another session", "are in another session"],
    [phase => phase.carriedChanged, "carries something else", "carry something else"],
  ];
  return kinds.flatMap(([count, one, many]) => {
    const sum = phases.reduce((total, phase) => total + count(phase), 0);
    return sum ? [`${counted(sum, "step")} ${sum === 1 ? one : many}`] : [];
  }).join(", ");
}

function phaseLines(lines, phases) {
  const isSame = phase => phase.isComparable && !phase.moved.length && !stepChanges([phase]);
  if (!phases.length || phases.every(isSame)) {
    return;
  }

  const columns = [0, 12, 28, 40, 56, 68];
  const line = texts => lines.cells(...texts.map((text, index) => [columns[index], String(text)]));
  lines.blank();
  line(["PHASE", "STEPS", "MOVED", "INVERSIONS", "NEW", "GONE"]);
  for (const phase of phases) {
    const steps = phase.firstCount === phase.secondCount ? phase.firstCount : `${phase.firstCount} -> ${phase.secondCount}`;
    line([phase.phase, steps, ...(phase.isComparable
      ? [phase.moved.length, phase.turnedPairs, phase.onlySecond.length, phase.onlyFirst.length] : ["-", "-", "-", "-"])]);
  }
}

function movedLines(lines, phases) {
  for (const { phase, moved } of phases.filter(one => one.moved.length)) {
    lines.blank();
    lines.cells([0, `MOVED in ${phase}`], [34, "PLACE"], [48, "BY"], [62, "INVERSIONS"]);
    for (const step of moved.slice(0, movedShown)) {
      lines.cells([2, shownStep(step)], [34, `${step.first + 1} -> ${step.second + 1}`], [48, movedBy(step)], [62, String(step.turned)]);
    }

    if (moved.length > movedShown) {
      lines.cells([2, `... ${moved.length - movedShown} more; --format json has ${Math.min(moved.length, namesListed)} ...`]);
    }
  }
}

function listed(steps) {
  const names = steps.slice(0, namesShown).map(shownStep).join(", ");
  return steps.length > namesShown ? `${names} and ${steps.length - namesShown} more` : names;
}

function onlyLines(lines, title, phases, only) {
  const groups = new Map();
  for (const phase of phases.filter(one => only(one).length)) {
    const key = only(phase).slice(0, namesListed).map(step => `${step.kind} ${step.name}`).sort().join("\n");
    groups.has(key) ? groups.get(key).push(phase) : groups.set(key, [phase]);
  }

  let label = title;
  for (const group of groups.values()) {
    label && lines.blank();
    const names = group.length === 6 ? "all six phases" : group.map(phase => phase.phase).join(", ");
    lines.labelled(0, label, 6, `in ${names}: ${listed(only(group[0]))}`);
    label = "";
  }
}

function sessionLines(lines, sessions) {
  if (sessions.every(isSameOrder)) {
    return;
  }

  const names = (word, steps) => (steps.length ? [`${word}: ${listed(steps.map(step => ({ ...step, kind: "object" })))}`] : []);
  lines.blank();
  lines.cells([0, "SESSIONS"]);
  for (const order of sessions.filter(one => !isSameOrder(one))) {
    const moved = order.moved.slice(0, namesShown).map(step => `${plainName(step.name)} ${step.first + 1} -> ${step.second + 1}`).join(", ");
    const left = order.moved.length - namesShown;
    const told = order.isInFirst !== order.isInSecond ? `only the ${order.isInFirst ? "first" : "second"} has this order`
      : [...(order.moved.length ? [`${order.moved.length} of ${order.common} moved, ${counted(order.turnedPairs, "inversion")}: `
        + `${moved}${left > 0 ? ` and ${left} more` : ""}`] : []), ...names("new", order.onlySecond), ...names("gone", order.onlyFirst)].join("; ");
    lines.labelled(2, plainName(order.order), 12, told);
  }
}

function subjectsOf({ subjects, message }) {
  const names = subjects.slice(0, subjectsShown).map(plainName).join(", ");
  return !names ? message : subjects.length > subjectsShown ? `${names} and ${subjects.length - subjectsShown} more` : names;
}

function listLines(lines, title, { added, gone }, tell) {
  if (!added.length && !gone.length) {
    return;
  }

  lines.blank();
  lines.cells([0, title]);
  for (const [label, entries] of [["new", added], ["gone", gone]]) {
    entries.slice(0, movedShown).forEach(entry => lines.labelled(2, label, 12, tell(entry)));
    if (entries.length > movedShown) {
      lines.cells([2, `... ${entries.length - movedShown} more; --format json has them all ...`]);
    }
  }
}
