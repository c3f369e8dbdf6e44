
// ---- chains: what must go before what in a phase, as the models' rules lift dependencies -------------------------

/**
 * The shortest chain of dependencies by which one thing must go before another in a phase. A phase orders files, or
 * objects, or sessions as wholes; where it takes sessions one after another, dependencies between two sessions order
 * the sessions, and inside one the order of files is that of preserve, which every phase constrains that reads it.
 */
class Chains {
  constructor(recording, phase) {
    this.recording = recording;
    this.phase = recording.phases[phase];
    this.isBySession = !this.phase.mixes && this.phase.unit !== "everything";
  }

  /** What moves as one with a thing, where the order of one session's files is asked for. */
  moverOf(code) {
    const { recording } = this;
    return code < 0 || this.phase.unit === "object" || recording.fileOf(code) < 0 ? code : recording.fileOf(code);
  }

  /** "together", "first", "then" or "free", with the chain where there is one. */
  between(a, b) {
    const { recording } = this;
    const isApart = recording.sessionOf(a) !== recording.sessionOf(b);
    const lift = this.isBySession && isApart ? code => (recording.sessionOf(code) < 0 ? code : ~recording.sessionOf(code))
      : code => this.moverOf(code);
    if (this.phase.unit === "everything" || lift(a) === lift(b)
      || (!isApart && (this.phase.unit === "session" || a < 0 || b < 0))) {
      return { verdict: "together", chain: [], isBySession: false };
    }

    const arcs = this.arcs(lift, this.isBySession && !isApart ? recording.sessionOf(a) : null);
    for (const [from, to, verdict] of [[a, b, "first"], [b, a, "then"]]) {
      const chain = shortest(arcs, lift(from), lift(to));
      if (chain) {
        return { verdict, chain, isBySession: this.isBySession && isApart };
      }
    }

    return { verdict: "free", chain: [], isBySession: false };
  }

  /** For each mover the dependencies by which it goes before others. */
  arcs(lift, session) {
    const { recording, phase } = this;
    const arcs = new Map();
    recording.dependencies.forEach((dependency, row) => {
      for (const by of this.phasesThatOrder(session)) {
        if (dependency.binding & (1 << by.index) && this.isInside(dependency, session)) {
          // Where a phase runs through the preserve order, its dependencies speak of that order.
          const isTurned = session !== null && (by.inside === "preserve backward") !== (phase.inside === "preserve backward");
          const isOnFirst = by.neededFirst !== isTurned;
          const [first, then] = isOnFirst ? [dependency.on, dependency.dependent] : [dependency.dependent, dependency.on];
          const [from, to] = [lift(first), lift(then)];
          if (from !== to) {
            const known = arcs.get(from) ?? arcs.set(from, []).get(from);
            known.push({ to, row, first, then, phase: by });
          }
        }
      }
    });
    return arcs;
  }

  phasesThatOrder(session) {
    const reads = phase => phase.index === 0 || phase.inside.startsWith("preserve");
    return session !== null && reads(this.phase)
      ? [this.phase, ...this.recording.phases.filter(other => other !== this.phase && reads(other))]
      : [this.phase];
  }

  isInside(dependency, session) {
    return session === null || (this.recording.sessionOf(dependency.dependent) === session
      && this.recording.sessionOf(dependency.on) === session);
  }
}

/** Breadth first; null where nothing leads there. */
function shortest(arcs, from, to) {
  const cameBy = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !cameBy.has(to)) {
    const next = [];
    for (const mover of edge) {
      for (const arc of arcs.get(mover) ?? []) {
        if (!cameBy.has(arc.to)) {
          cameBy.set(arc.to, { mover, arc });
          next.push(arc.to);
        }
      }
    }

    edge = next;
  }

  if (!cameBy.has(to)) {
    return null;
  }

  const chain = [];
  for (let step = cameBy.get(to); step; step = cameBy.get(step.mover)) {
    chain.unshift(step.arc);
  }

  return chain;
}
