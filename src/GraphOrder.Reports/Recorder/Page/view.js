
// ---- view: what is looked at, kept in the address's fragment so that a ticket can link to it -----------------

const viewNames = ["overview", "steps", "board", "object", "why", "compare", "journal"];
const hopsMax = 6;

/** What the address leaves out. A page that `status` wrote begins where its journal ends. */
const usual = { step: 1 };

/** The state of the page. `change` is the only way to alter it. */
const view = { name: "overview", focus: null, hops: 1, phase: 0, step: 1, from: null, to: null, dependency: null };

function readFragment(recording) {
  const asked = new URLSearchParams(location.hash.slice(1));
  const code = name => recording.find(asked.get(name) ?? "") ?? null;
  const number = (name, least, most, otherwise = least) =>
    Math.min(Math.max(Number.parseInt(asked.get(name), 10) || otherwise, least), most);
  const phase = recording.phases.findIndex(found => found.name === asked.get("phase"));
  Object.assign(view, {
    name: viewNames.includes(asked.get("view")) ? asked.get("view") : asked.has("focus") ? "object" : "overview",
    focus: code("focus"),
    hops: number("hops", 1, hopsMax),
    phase: Math.max(phase, 0),
    step: number("step", 1, Math.max(recording.steps.length, 1), usual.step),
    from: code("from"),
    to: code("to"),
    dependency: asked.has("dependency")
      ? number("dependency", 0, Math.max(recording.dependencies.length - 1, 0)) : null,
  });
}

function fragmentOf(recording, state) {
  const told = new URLSearchParams();
  const tell = (name, value, usual) => value !== null && value !== usual && told.set(name, value);
  const name = code => (code === null ? null : recording.rawName(code));
  tell("view", state.name, "overview");
  tell("focus", name(state.focus), null);
  tell("hops", state.hops, 1);
  tell("phase", recording.phases[state.phase].name, recording.phases[0].name);
  tell("step", state.step, usual.step);
  tell("from", name(state.from), null);
  tell("to", name(state.to), null);
  tell("dependency", state.dependency, null);
  return `#${told}`;
}
