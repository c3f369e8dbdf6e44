
// ---- board: columns are waves, rows are sessions ---------------------------------------------------------------

const columnsMax = 24;
const alikeShown = 3;
const siblingsShown = 6;
const lanesShown = 300;
const chipsShown = 60;
const states = [["waiting", "not yet preserved"], ["preserved", "preserved in the old kernel"],
  ["handed", "in the hand-over"], ["retrieved", "retrieved in the new kernel"], ["finished", "finished"]];

const board = {
  title: "Board",
  opened: new Set(),

  show(page, stage) {
    const { recording } = page;
    const phase = recording.phases[view.phase];
    put(stage,
      element("p", { class: "choice", role: "group", "aria-label": "Phase" }, recording.phases.map(one =>
        button(one.name, () => page.change({ phase: one.index }), { "aria-pressed": String(one.index === view.phase) }))),
      element("p", {}, `${phase.name}: ${phase.rule}. ${recording.isLegal
        ? `What a column holds waits only for columns on its left; ${phase.neededFirst ? "the needed goes first" : "the needing goes first"}.`
        : "There is no plan, so there are no waves."}`));
    const lanes = lanesOf(recording, this.opened, recording.orders?.[view.phase]);
    const waves = wavesOf(recording, view.phase);
    this.chips = [];
    put(stage,
      element("ul", { class: "legend", "aria-label": "Legend" }, states.map(([name, told]) =>
        element("li", {}, element("span", { class: "chip", "data-state": name }, name), ` ${told}`))),
      element("div", { class: "board" }, lanes.slice(0, lanesShown).map(lane => this.lane(page, lane, waves))),
      lanes.length > lanesShown ? element("p", {}, `${lanes.length - lanesShown} more sessions; search finds their objects.`) : null);
    this.scrub(page);
  },

  /** A row: one session, or several that are alike with their count. */
  lane(page, { sessions, group, isFolded }, waves) {
    const { recording } = page;
    const name = recording.sessionName(sessions[0]);
    const count = sessions.length;
    const toggle = group === null ? null : button(isFolded ? `and ${count - 1} alike: show` : "fold those alike", () => {
      isFolded ? this.opened.add(group) : this.opened.delete(group);
      page.show();
    }, { "aria-expanded": String(!isFolded) });
    const objects = [...recording.sessionObjects.of(sessions[0])].map((object, place) => ({
      object, wave: waves.of.get(object) ?? -1,
      members: sessions.map(session => recording.sessionObjects.of(session)[place]),
    }));
    const placed = objects.filter(one => one.wave >= 0);
    const moved = placed.filter(one => recording.isAct(one.object) || recording.fileOf(one.object) === one.object || waves.isByObject);
    const ordered = [...moved].sort((a, b) => a.wave - b.wave || a.object - b.object);
    const rest = recording.orders ? [] : objects.filter(one => recording.fileOf(one.object) === one.object);
    const folded = this.folded(recording, [...ordered, ...rest]);
    const shown = folded.slice(0, chipsShown);
    const lane = element("section", { class: "lane", "aria-label": count > 1 && isFolded ? `${name} and ${count - 1} alike` : name },
      element("h3", {}, button(name, () => page.change({ name: "object", focus: ~sessions[0] }, { focus: true }), { class: "thing" }),
        isFolded ? element("span", { class: "count" }, ` x ${count}`) : null, toggle),
      element("ol", { class: waves.isGrid ? "grid" : "row", style: waves.isGrid ? { gridTemplateColumns: `repeat(${waves.count}, minmax(7rem, max-content))` } : {} },
        shown.map(one => this.chip(page, one, waves))),
      shown.length < folded.length
        ? element("p", {}, `${folded.length - shown.length} more here; search finds them`) : null);
    lane.sessions = sessions;
    return lane;
  },

  /** Objects of one wave that are alike as one chip, where they are many. */
  folded(recording, objects) {
    const alike = new Map();
    for (const one of objects) {
      const key = `${recording.sessionOf(one.object)} ${one.wave} ${recording.likenessOf(one.object)}`;
      alike.has(key) ? alike.get(key).push(one) : alike.set(key, [one]);
    }

    return [...alike].flatMap(([key, ones]) => (ones.length < siblingsShown || this.opened.has(key) ? ones
      : [{ ...ones[0], members: ones.flatMap(one => one.members), key, count: ones.length }]));
  },

  chip(page, { object, wave, members, key, count }, waves) {
    const { recording } = page;
    if (count > 1) {
      const chip = button(`${count} x ${recording.likenessOf(object)}`, () => {
        this.opened.add(key);
        page.show();
      }, { class: "chip many", "aria-expanded": "false", title: `${count} that are alike: click to see each` });
      return this.place(chip, { members, wave, isAct: false }, waves);
    }

    const carried = waves.isByObject ? [] : [...recording.fileObjects.of(object)];
    const chip = button(recording.shortName(object), () => page.change({ name: "object", focus: object }, { focus: true }), {
      class: "chip", title: `${recording.nameOf(object)}: ${recording.kindOf(object)}`
        + (carried.length ? `; carries ${carried.map(one => recording.shortName(one)).join(", ")}` : ""),
    });
    put(chip, carried.length ? element("span", { class: "carried" }, ` +${carried.length}`) : null);
    return this.place(chip, { members, wave, isAct: recording.isAct(object) }, waves);
  },

  place(chip, { members, wave, isAct }, waves) {
    const told = element("span", { class: "state" });
    put(chip, told);
    this.chips.push({ chip, told, members, state: "", isAct });
    return element("li", { style: waves.isGrid && wave >= 0 ? { gridColumn: wave + 1 } : {} },
      wave >= 0 && !waves.isGrid ? element("span", { class: "wave" }, String(wave)) : null, chip);
  },

  /** The slider moved: what each object is now. */
  scrub(page) {
    const { recording } = page;
    for (const entry of recording.isLegal ? this.chips ?? [] : []) {
      const reached = entry.members.map(object => stateOf(recording, object, view.step, entry.isAct));
      const least = Math.min(...reached);
      const more = reached.filter(state => state > least).length;
      const word = entry.isAct ? (least > 0 ? "done" : "not yet") : states[least][0];
      const text = more > 0 ? `${word}, ${more} of ${reached.length} further` : word;
      if (entry.state !== text) {
        entry.state = text;
        entry.chip.dataset.state = states[least][0];
        entry.told.textContent = text;
      }
    }

    const step = recording.steps[view.step - 1];
    for (const lane of document.querySelectorAll(".lane")) {
      const isPaused = recording.guests.some(guest => lane.sessions.includes(guest.session)
        && guest.pause <= view.step && view.step <= guest.resume);
      lane.classList.toggle("paused", isPaused);
      lane.classList.toggle("now", step !== undefined && lane.sessions.includes(step.session));
    }
  },

  text: page => page.report.textContent,
};

/** What has become of an object by the end of a step, as an index into the states. */
function stateOf(recording, object, step, isAct) {
  const { preserve, retrieve, finish, act } = recording.moved;
  if (isAct) {
    return act[object] <= step ? 4 : 0;
  }

  return finish[object] && finish[object] <= step ? 4
    : retrieve[object] && retrieve[object] <= step ? 3
    : preserve[object] && preserve[object] <= step ? (step >= recording.data.kexec ? 2 : 1)
    : 0;
}

/** Sessions in the order in which the phase first takes them; those that are alike folded where they are many. */
function lanesOf(recording, opened, order) {
  const groups = new Map();
  const sequence = [];
  const seen = new Set();
  const add = session => session >= 0 && !seen.has(session) && (seen.add(session), sequence.push(session));
  order?.forEach(([mover]) => mover !== everything && add(recording.sessionOf(mover)));
  for (let session = 0; session < recording.sessionCount; session++) {
    add(session);
  }

  for (const session of sequence) {
    const group = recording.groupOf(session);
    groups.has(group) ? groups.get(group).push(session) : groups.set(group, [session]);
  }

  const lanes = [];
  for (const session of sequence) {
    const group = recording.groupOf(session);
    const members = groups.get(group);
    const isMany = members.length >= alikeShown;
    const isFolded = isMany && !opened.has(group);
    if (!isFolded || members[0] === session) {
      lanes.push({ sessions: isFolded ? members : [session], group: isMany && members[0] === session ? group : null, isFolded });
    }
  }

  return lanes;
}

/** The wave of each object in a phase, and whether the waves are few enough to be columns. */
function wavesOf(recording, phase) {
  const of = new Map();
  let count = 0;
  for (const [mover, wave] of recording.orders?.[phase] ?? []) {
    const objects = mover === everything ? [...recording.data.objects.keys()]
      : mover < 0 ? [...recording.sessionObjects.of(~mover)]
      : [mover];
    objects.forEach(object => of.set(object, wave));
    count = Math.max(count, wave + 1);
  }

  return { of, count, isGrid: count > 0 && count <= columnsMax, isByObject: recording.phases[phase].unit === "object" };
}
