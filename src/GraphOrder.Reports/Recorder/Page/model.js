
// ---- model: the recording, with the ways to get about in it --------------------------------------------------

const everything = -2147483648;
const sources = { declared: 0, needs: 1, describes: 2, mapped: 3 };
const severities = ["info", "warning", "error"];

/** Rows of numbers by the number they belong to, in two flat arrays. */
class Rows {
  constructor(count, length, keyOf) {
    this.starts = new Int32Array(count + 1);
    for (let row = 0; row < length; row++) {
      this.starts[keyOf(row) + 1]++;
    }

    for (let key = 0; key < count; key++) {
      this.starts[key + 1] += this.starts[key];
    }

    this.rows = new Int32Array(length);
    const next = this.starts.slice();
    for (let row = 0; row < length; row++) {
      this.rows[next[keyOf(row)]++] = row;
    }
  }

  of(key) {
    return this.rows.subarray(this.starts[key], this.starts[key + 1]);
  }
}

/**
 * A set and what planning it gave. Things are numbers: an object its index, a session ~ of its index. Nothing in
 * here knows of the page.
 */
class Recording {
  constructor(data) {
    this.data = data;
    this.set = data.set;
    this.isLegal = data.legal;
    if (!data.objects) {
      // Too large to be carried: there is the overview, and nothing to look at one by one.
      this.isOverviewAlone = true;
      Object.assign(data, { objects: [], sessions: [], dependencies: [], words: [], kinds: [], raw: {} });
    }

    this.objectCount = data.objects.length;
    this.sessionCount = data.sessions.length;
    this.dependencies = data.dependencies.map(row => ({
      dependent: row[0], on: row[1], phases: row[2], binding: row[3], weight: row[4], source: row[5], line: row[6],
      by: row[7] < 0 ? null : data.words[row[7]], why: row[8] < 0 ? null : data.words[row[8]],
    }));
    const vertices = this.objectCount + this.sessionCount;
    this.needs = new Rows(vertices, this.dependencies.length, i => this.vertex(this.dependencies[i].dependent));
    this.neededBy = new Rows(vertices, this.dependencies.length, i => this.vertex(this.dependencies[i].on));
    this.phases = data.phases.map(([name, rule, todo, neededFirst, unit, between, inside], index) => ({
      index, name, rule, todo, neededFirst: neededFirst === 1, unit,
      order: between.split(" ")[0], isBackward: between.endsWith(" backward"), mixes: between === "interleaved",
      inside, isReversed: inside === "preserve backward", readsPreserve: inside.startsWith("preserve"),
    }));
    this.orders = data.orders ?? null;
    this.steps = (data.steps ?? []).map((row, index) => ({
      number: index + 1, verb: data.verbs[row[0]], session: row[1], object: row[2], paused: row[3] === 1,
      start: row[4], microseconds: row[5], why: row[6], kernel: row[7],
    }));
    this.guests = (data.guests ?? []).map(row =>
      ({ session: row[0], pause: row[1], resume: row[2], start: row[3], microseconds: row[4], least: row[5] }));
    this.sessionObjects = new Rows(
      this.sessionCount + 1, this.objectCount, i => (data.objects[i][2] < 0 ? this.sessionCount : data.objects[i][2]));
    this.fileObjects = new Rows(this.objectCount + 1, this.objectCount, i => {
      const file = data.objects[i][3];
      return file < 0 || file === i ? this.objectCount : file;
    });
  }

  vertex(code) {
    return code >= 0 ? code : this.objectCount + ~code;
  }

  nameOf(code) {
    return code === everything ? "everything"
      : code >= 0 ? this.data.objects[code][0]
      : `session:${this.data.sessions[~code][0]}`;
  }

  sessionName(session) {
    return this.data.sessions[session][0];
  }

  /** The name without its session's, where that is said already. */
  shortName(object) {
    const name = this.nameOf(object);
    const session = this.sessionOf(object);
    const prefix = session < 0 ? "" : `${this.sessionName(session)}/`;
    return prefix && name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
  }

  /** How a document writes the name; what is shown has its odd letters escaped. */
  rawName(code) {
    return this.data.raw[code] !== undefined
      ? (code < 0 ? "session:" : "") + this.data.raw[code]
      : this.nameOf(code);
  }

  kindOf(object) {
    return object < 0 ? "session" : this.data.kinds[this.data.objects[object][1]];
  }

  /** What things that are alike share: their kind, and their names but for the digits. */
  likenessOf(code) {
    return `${this.kindOf(code)} ${(code < 0 ? this.nameOf(code) : this.shortName(code)).replace(/\d+/g, "#")}`;
  }

  sessionOf(code) {
    return code < 0 ? ~code : this.data.objects[code][2];
  }

  fileOf(object) {
    return this.data.objects[object][3];
  }

  tokenOf(object) {
    return this.data.objects[object][4];
  }

  lineOf(code) {
    return code < 0 ? this.data.sessions[~code][1] : this.data.objects[code][5];
  }

  isAct(code) {
    return code >= 0 && this.kindOf(code) === "act";
  }

  groupOf(session) {
    return this.data.sessions[session][2];
  }

  /** What has a name, by what a document calls it; undefined where nothing does. */
  find(raw) {
    if (!this.codes) {
      this.codes = new Map();
      for (let code = -this.sessionCount; code < this.objectCount; code++) {
        this.codes.set(this.rawName(code), code);
      }
    }

    return this.codes.get(raw);
  }

  /** The names that hold some words, those that begin with them first; at most so many. */
  search(words, max) {
    const asked = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const begins = [];
    const holds = [];
    if (!this.lowered) {
      this.lowered = [];
      for (let code = 0; code < this.objectCount; code++) {
        this.lowered.push([code, `${this.nameOf(code)} ${this.kindOf(code)}`.toLowerCase()]);
      }

      for (let session = 0; session < this.sessionCount; session++) {
        this.lowered.push([~session, this.nameOf(~session).toLowerCase()]);
      }
    }

    for (const [code, text] of asked.length ? this.lowered : []) {
      if (asked.every(word => text.includes(word))) {
        (text.startsWith(asked[0]) ? begins : holds).push(code);
        if (begins.length >= max) {
          break;
        }
      }
    }

    return [...begins, ...holds].slice(0, max);
  }

  /** For each object the numbers of the steps that preserve, retrieve and finish it; 0 where none does. */
  get moved() {
    if (this.movedAt) {
      return this.movedAt;
    }

    this.movedAt = { preserve: new Int32Array(this.objectCount), retrieve: new Int32Array(this.objectCount),
      finish: new Int32Array(this.objectCount), act: new Int32Array(this.objectCount) };
    for (const step of this.steps) {
      const at = this.movedAt[step.verb];
      for (const object of at ? this.movedBy(step) : []) {
        at[object] = step.number;
      }
    }

    return this.movedAt;
  }

  /** The objects that a step moves: one, a file and what it carries, a session's, or all. */
  movedBy(step) {
    if (step.object >= 0) {
      const unit = this.phases[this.phaseOf(step)]?.unit;
      return unit === "object" || step.verb === "act"
        ? [step.object] : [step.object, ...this.fileObjects.of(step.object)];
    }

    return step.session >= 0
      ? [...this.sessionObjects.of(step.session)].filter(object => !this.isAct(object))
      : step.verb === "kexec" || step.verb === "create" ? []
      : [...this.data.objects.keys()].filter(object => !this.isAct(object) && this.fileOf(object) >= 0);
  }

  phaseOf(step) {
    return step.verb === "finish" ? 5
      : step.verb === "act" ? (step.number < this.data.kexec ? 0 : 4)
      : step.number > this.data.kexec ? 4 : 0;
  }

  phaseNames(bits) {
    return this.phases.filter(phase => bits & (1 << phase.index)).map(phase => phase.name).join(", ");
  }

  placeOf(line) {
    return line > 0 ? `${this.set}:${line}` : "";
  }

  /** Who says that a dependency exists, in a report's words. */
  whoSays(dependency) {
    const { source, by, why } = dependency;
    if (source === sources.mapped) {
      return why === null ? "found in its page table" : `found in its page table: ${why}`;
    }

    const declared = by === null ? "declared" : `declared by ${by}`;
    return why !== null ? `${declared}: ${why}`
      : by !== null ? declared
      : source === sources.needs ? `from "needs" of ${this.nameOf(dependency.dependent)}`
      : source === sources.describes ? `from "describes" of ${this.nameOf(this.metadataOf(dependency))}`
      : "declared, nobody says by whom";
  }

  /** A "describes" stands at the metadata, which is the needed end of its half in retrieve. */
  metadataOf({ dependent, on, phases }) {
    return this.phases.some(phase => phase.name === "retrieve" && phases === 1 << phase.index) ? on : dependent;
  }

  /** What a step does, in a line. */
  sentenceOf(step) {
    const session = step.session < 0 ? "" : ` ${this.sessionName(step.session)}`;
    const object = step.object < 0 ? "" : ` ${this.shortName(step.object)}`;
    const what = step.session < 0 && step.verb !== "kexec" ? " everything" : "";
    return `${step.verb}${session}${object}${what}`;
  }
}
