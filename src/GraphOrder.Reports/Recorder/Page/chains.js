
// ---- chains: what must go before what in a phase, as the models' rules lift dependencies -------------------------

/**
 * The shortest chain of dependencies by which one thing must go before another in a phase. What a phase takes session
 * by session orders sessions, and shares that order with every phase that names it; inside a session the order is that
 * of preserve, which every phase constrains that reads it. Everything else orders files, or objects, by its own
 * dependencies.
 */
class Chains {
  constructor(recording, phase) {
    this.recording = recording;
    this.phase = recording.phases[phase];
    this.isBySession = !this.phase.mixes && this.phase.unit !== "everything";
  }

  /** What moves as one with a thing, where files or objects are ordered. */
  moverOf(code) {
    const { recording } = this;
    return code < 0 || this.phase.unit === "object" || recording.fileOf(code) < 0 ? code : recording.fileOf(code);
  }

  /** "together", "first", "then", "both" (a contradiction) or "free", with the chain where there is one. */
  between(a, b) {
    const { recording, phase } = this;
    const isApart = recording.sessionOf(a) !== recording.sessionOf(b);
    const isBySession = this.isBySession && isApart;
    const lift = isBySession
      ? code => (recording.sessionOf(code) < 0 ? code : ~recording.sessionOf(code))
      : code => this.moverOf(code);
    const hasAct = recording.isAct(a) || recording.isAct(b);
    if (phase.unit === "everything" || lift(a) === lift(b)
      || (!isApart && !hasAct && (phase.unit === "session" || a < 0 || b < 0))) {
      return { verdict: "together", chain: [], isBySession: false };
    }

    const arcs = isBySession ? this.sessionArcs(lift) : this.fileArcs();
    // A session that is asked about together with one of its own acts: any of its files.
    const movers = code => (hasAct && !isApart ? arcs.moversOf(code) : [lift(code)]);
    const forward = shortest(arcs, movers(a), movers(b));
    const backward = shortest(arcs, movers(b), movers(a));
    return forward && backward ? { verdict: "both", chain: forward, isBySession }
      : forward ? { verdict: "first", chain: forward, isBySession }
      : backward ? { verdict: "then", chain: backward, isBySession }
      : { verdict: "free", chain: [], isBySession: false };
  }

  sessionArcs(lift) {
    const { phase } = this;
    const arcs = new Arcs(this.recording, code => [lift(code)]);
    for (const by of this.phases(other => !other.mixes && other.order === phase.order)) {
      arcs.add(by, by.isBackward !== phase.isBackward, () => true);
    }

    return arcs;
  }

  /** The phase itself, since its own dependencies say most, and others that order the same. */
  phases(isAlike) {
    return [this.phase, ...this.recording.phases.filter(other => other !== this.phase && isAlike(other))];
  }

  fileArcs() {
    const { recording, phase } = this;
    const arcs = new Arcs(recording, code => (code < 0
      ? [code, ...new Set([...recording.sessionObjects.of(~code)]
          .filter(one => !recording.isAct(one)).map(one => this.moverOf(one)))]
      : [this.moverOf(code)]));
    const isOfPreserve = phase.index === 0 || phase.readsPreserve;
    const isInside = ({ dependent, on }) => recording.sessionOf(dependent) === recording.sessionOf(on);
    for (const by of this.phases(other => isOfPreserve && (other.index === 0 || other.readsPreserve))) {
      arcs.add(by, by.isReversed !== phase.isReversed, by.readsPreserve ? isInside : () => true);
    }

    return arcs;
  }
}

/** For each mover the dependencies by which it goes before others. */
class Arcs {
  constructor(recording, moversOf) {
    this.recording = recording;
    this.moversOf = moversOf;
    this.from = new Map();
  }

  /** Adds what a phase's dependencies say, turned round where its order runs the other way. */
  add(phase, isTurned, counts) {
    this.recording.dependencies.forEach((dependency, row) => {
      if (dependency.binding & (1 << phase.index) && counts(dependency)) {
        const isOnFirst = phase.neededFirst !== isTurned;
        const [first, then] = isOnFirst ? [dependency.on, dependency.dependent] : [dependency.dependent, dependency.on];
        const arc = { to: this.moversOf(then), row, first, then, phase };
        for (const mover of this.moversOf(first)) {
          this.from.has(mover) ? this.from.get(mover).push(arc) : this.from.set(mover, [arc]);
        }
      }
    });
  }

  of(mover) {
    return this.from.get(mover) ?? [];
  }
}

/** Breadth first, each dependency once; null where nothing leads there. */
function shortest(arcs, from, to) {
  const cameBy = new Map(from.map(mover => [mover, null]));
  const seen = new Set();
  const reached = () => to.find(mover => cameBy.get(mover));
  let edge = from;
  while (edge.length && reached() === undefined) {
    const next = [];
    for (const mover of edge) {
      for (const arc of arcs.of(mover)) {
        for (const other of seen.has(arc) ? [] : arc.to) {
          if (!cameBy.has(other)) {
            cameBy.set(other, { mover, arc });
            next.push(other);
          }
        }

        seen.add(arc);
      }
    }

    edge = next;
  }

  if (reached() === undefined) {
    return null;
  }

  const chain = [];
  for (let step = cameBy.get(reached()); step; step = cameBy.get(step.mover)) {
    chain.unshift(step.arc);
  }

  return chain;
}
