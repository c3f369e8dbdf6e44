
// ---- difference: what changed between two plans, as `diff` computes it from the documents alone ----------------

const namesListed = 1000;

/**
 * A plan as its document says it: a verdict, and of each phase the steps by the names of what they move. `kind` and
 * `name` together name a step.
 */
class PlanOutline {
  constructor({ name, input, rules, model, isLegal, phases, sessions, waived, diagnostics }) {
    Object.assign(this, { name, input, rules, model, isLegal, phases, sessions, waived, diagnostics });
  }

  /** Of a plan document (graphorder/plan/1), or of a page like this one. */
  static read(text, name) {
    const embedded = /<script type="application\/json" id="recording">([^<]*)<\/script>/.exec(text)?.[1];
    const read = JSON.parse(embedded ?? text);
    if (embedded !== undefined && read.schema === "graphorder/recorder/1") {
      return PlanOutline.ofRecording(new Recording(read), read.set);
    }

    if (read.schema !== "graphorder/plan/1") {
      throw new Error("This is neither a plan (graphorder/plan/1) nor a page like this one. Choose what plan --format json wrote.");
    }

    const phases = Object.fromEntries(Object.entries(read.phases ?? {}).map(([phase, steps]) =>
      [phase, steps.map(step => ({ ...stepName(step), session: step.session, token: step.token, carries: step.carries ?? [] }))]));
    return new PlanOutline({
      name, input: read.input, rules: read.rules, model: read.model, isLegal: read.phases !== undefined, phases,
      sessions: read.sessions ?? {}, waived: read.waived ?? [],
      diagnostics: read.diagnostics.map(({ code, severity, subjects, message }) => ({ code, severity, subjects, message })),
    });
  }

  static ofRecording(recording, name) {
    const { data } = recording;
    return new PlanOutline({
      name, input: data.input, rules: data.rules, model: data.model, isLegal: data.legal, waived: data.waived ?? [],
      phases: Object.fromEntries(recording.phases.map((phase, index) => [phase.name, (data.orders?.[index] ?? []).map(
        ([mover, , carried]) => recordedStep(recording, phase, mover, carried))])),
      sessions: data.sessionOrders ?? {},
      diagnostics: data.diagnostics.map(([code, severity, message, , title, subjects]) =>
        ({ code, severity: severities[severity], subjects, message: title || message })),
    });
  }
}

function stepName(step) {
  return step.act !== undefined ? { kind: "act", name: step.act }
    : step.object !== undefined ? { kind: "object", name: step.object }
    : step.session !== undefined ? { kind: "session", name: step.session }
    : { kind: "everything", name: "" };
}

function recordedStep(recording, phase, mover, carried) {
  const raw = code => recording.rawName(code).replace(/^session:/, code < 0 ? "" : "session:");
  const isObject = mover !== everything && mover >= 0;
  const session = isObject ? recording.sessionOf(mover) : mover === everything ? -1 : ~mover;
  return {
    kind: mover === everything ? "everything" : mover < 0 ? "session" : recording.isAct(mover) ? "act" : "object",
    name: mover === everything ? "" : raw(mover),
    session: session < 0 ? undefined : raw(~session),
    token: isObject ? recording.tokenOf(mover) || undefined : undefined,
    carries: (carried ?? []).map(raw),
  };
}

/** Each name once, with its first place. */
function placesOfSteps(steps) {
  const places = new Map();
  steps.forEach((step, place) => {
    const key = `${step.kind} ${step.name}`;
    places.has(key) || places.set(key, { ...step, place });
  });
  return places;
}

/** What two orders have in common and how it moved. */
function compareOrders(firstSteps, secondSteps) {
  const first = placesOfSteps(firstSteps);
  const second = placesOfSteps(secondSteps);
  const kinds = places => new Set([...places.values()].map(step => step.kind).filter(kind => kind !== "act"));
  const [firstKinds, secondKinds] = [kinds(first), kinds(second)];
  const isComparable = !firstKinds.size || !secondKinds.size || [...firstKinds].some(kind => secondKinds.has(kind));
  const result = { firstCount: firstSteps.length, secondCount: secondSteps.length, isComparable, common: 0, movedCount: 0, moved: [],
    turnedPairs: 0, onlyFirst: [], onlySecond: [], insideFirst: 0, insideSecond: 0, carriedChanged: 0, tokenChanged: 0, sessionChanged: 0 };
  if (!isComparable) {
    return result;
  }

  const inside = steps => new Set(steps.flatMap(step => step.carries));
  const [insideFirst, insideSecond] = [inside(firstSteps), inside(secondSteps)];
  const common = [];
  for (const [key, step] of first) {
    second.has(key) ? common.push([step, second.get(key)])
      : step.kind === "object" && insideSecond.has(step.name) ? result.insideSecond++
      : result.onlyFirst.push(step);
  }

  for (const [key, step] of second) {
    first.has(key) || (step.kind === "object" && insideFirst.has(step.name) ? result.insideFirst++ : result.onlySecond.push(step));
  }

  // What stands alone in one plan and inside a file in the other is told already.
  const areAlike = result.insideFirst + result.insideSecond === 0;
  for (const [one, other] of common) {
    result.carriedChanged += areAlike && one.carries.join("\n") !== other.carries.join("\n");
    result.tokenChanged += Boolean(one.token && other.token) && one.token !== other.token;
    result.sessionChanged += one.session !== other.session;
  }

  const bySecond = [...common.keys()].sort((a, b) => common[a][1].place - common[b][1].place);
  const ranks = new Int32Array(common.length);
  bySecond.forEach((index, rank) => { ranks[index] = rank; });
  const { passed, total } = inversionsOf(ranks);
  const kept = longestKept(ranks);
  result.common = common.length;
  result.turnedPairs = total;
  result.moved = common.flatMap(([one, other], index) => (kept.has(index) ? [] : [{
    ...one, first: one.place, second: other.place, by: ranks[index] - index, turned: 2 * passed[index] + ranks[index] - index,
  }]));
  result.movedCount = result.moved.length;
  return result;
}

/** For each place how many of those in front of it have a greater rank (a Fenwick tree). */
function inversionsOf(ranks) {
  const tree = new Int32Array(ranks.length + 1);
  const passed = new Float64Array(ranks.length);
  let total = 0;
  ranks.forEach((rank, index) => {
    let smaller = 0;
    for (let at = rank; at > 0; at -= at & -at) {
      smaller += tree[at];
    }

    passed[index] = index - smaller;
    total += passed[index];
    for (let at = rank + 1; at <= ranks.length; at += at & -at) {
      tree[at]++;
    }
  });
  return { passed, total };
}

/** The places of a longest increasing subsequence, of several the one that diff.md fixes. */
function longestKept(ranks) {
  const ends = [];
  const previous = new Int32Array(ranks.length).fill(-1);
  ranks.forEach((rank, index) => {
    let low = 0;
    for (let high = ends.length; low < high;) {
      const middle = (low + high) >> 1;
      ranks[ends[middle]] < rank ? low = middle + 1 : high = middle;
    }

    previous[index] = low > 0 ? ends[low - 1] : -1;
    ends[low] = index;
  });
  const kept = new Set();
  for (let at = ends.length ? ends.at(-1) : -1; at >= 0; at = previous[at]) {
    kept.add(at);
  }

  return kept;
}

/** What changed from one plan to another. Causes need the dependencies of both sets: `graph-order diff` tells them. */
function differenceOf(first, second) {
  const isBoth = first.isLegal && second.isLegal;
  const phaseNames = ["preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish"];
  const sessions = names => (names ?? []).map(name => ({ kind: "session", name, carries: [] }));
  const orders = [...new Set([...Object.keys(first.sessions), ...Object.keys(second.sessions)])];
  const told = found => JSON.stringify([found.code, found.severity, found.subjects]);
  const missing = (some, others) => some.filter(one => !others.some(other => told(one) === told(other)));
  return {
    first, second, causes: [], text: null,
    phases: isBoth ? phaseNames.map(phase => ({ phase, ...compareOrders(first.phases[phase] ?? [], second.phases[phase] ?? []) })) : [],
    sessions: isBoth ? orders.map(order => ({
      order, isInFirst: order in first.sessions, isInSecond: order in second.sessions,
      ...compareOrders(sessions(first.sessions[order]), sessions(second.sessions[order])),
    })) : [],
    waived: { added: second.waived.filter(one => !first.waived.includes(one)), gone: first.waived.filter(one => !second.waived.includes(one)) },
    findings: { added: missing(second.diagnostics, first.diagnostics), gone: missing(first.diagnostics, second.diagnostics) },
  };
}
