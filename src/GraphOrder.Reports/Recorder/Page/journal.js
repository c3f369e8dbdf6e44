
// ---- journal: what really happened beside what was planned ------------------------------------------------------

const errorNames = { 1: "EPERM", 2: "ENOENT", 4: "EINTR", 5: "EIO", 9: "EBADF", 11: "EAGAIN", 12: "ENOMEM", 13: "EACCES",
  16: "EBUSY", 17: "EEXIST", 19: "ENODEV", 22: "EINVAL", 24: "EMFILE", 28: "ENOSPC", 36: "ENAMETOOLONG", 95: "EOPNOTSUPP" };
const recordsMax = 2_000_000;

const journalView = {
  title: "Journal",
  run: null,
  // The file that somebody gave the page; null while the journal is the one that `status` wrote into it.
  name: null,
  problem: null,

  /** Takes the journal that `status` wrote into the page, and begins where it ends. */
  open({ recording }) {
    if (recording.data.journal !== undefined && !recording.isOverviewAlone) {
      this.run = new Run(recording, readJournal(recording.data.journal));
      usual.step = this.run.reached;
    }
  },

  show(page, stage) {
    const isOfStatus = page.recording.data.journal !== undefined;
    put(stage,
      isOfStatus && this.name === null ? page.report : null,
      isOfStatus && this.name !== null ? element("p", {}, `Shown is ${plainWhole(this.name)}. What graph-order status said is of another journal, `
        + "the one this page was made with: load the page again to see it.") : null,
      fileField("journal-file", "A journal (graphorder/journal/1), as apply and resume write it", (text, name) => this.read(page, text, name)),
      this.problem ? element("p", { class: "problem", role: "alert" }, this.problem) : null,
      this.run ? this.table(page) : null);
  },

  /** What is refused leaves the page as it was, but for the sentence that says why. */
  read(page, text, name) {
    try {
      const records = readJournal(text);
      demandSameSet(page.recording, records);
      this.run = new Run(page.recording, records);
      this.name = name;
      this.problem = null;
    } catch (error) {
      this.problem = error.message;
      page.show();
      return;
    }

    page.change({ step: this.run.reached });
    if (page.recording.data.journal !== undefined) {
      page.retell(this.text(page), this.run.isAsPlanned);
    }

    page.show();
    byId("stage").querySelector("tr.deviation")?.scrollIntoView({ block: "center" });
  },

  table(page) {
    const { recording } = page;
    const { run } = this;
    const { first, last } = windowAround(recording, run.deviation?.step || view.step);
    return element("section", {},
      element("p", { class: run.isAsPlanned ? "answer" : "answer deviates" }, run.verdict),
      run.notes.map(note => element("p", {}, note)),
      wide("Planned and actual", element("table", { class: "steps run" },
        element("caption", {}, `${this.name === null ? "Steps" : `${plainWhole(this.name)}: steps`} ${first} to ${last} of ${recording.steps.length}; times in ms.`),
        element("thead", {}, element("tr", {}, ["step", "does", "planned", "took", "what happened"].map(name =>
          element("th", { scope: "col" }, name)))),
        element("tbody", {}, recording.steps.slice(first - 1, last).map(step => {
          const isFirst = run.deviation?.step === step.number;
          return element("tr", { class: isFirst ? "deviation" : null, "data-step": step.number },
            element("th", { scope: "row" }, String(step.number)),
            element("td", {}, recording.sentenceOf(step)),
            element("td", { class: "number" }, step.microseconds >= 0 ? milliseconds(step.microseconds) : "-"),
            element("td", { class: "number" }, run.tookOf(step.number)),
            element("td", {}, isFirst ? element("b", {}, `first deviation: ${run.deviation.told}`) : run.outcomeOf(step.number)));
        })))));
  },

  text(page) {
    const { recording } = page;
    if (!this.run) {
      return "";
    }

    const width = String(recording.steps.length).length + 2;
    const rows = recording.steps.map(step => {
      const planned = step.microseconds >= 0 ? milliseconds(step.microseconds) : "-";
      const outcome = this.run.deviation?.step === step.number ? `FIRST DEVIATION: ${this.run.deviation.told}` : this.run.outcomeOf(step.number);
      return `${String(step.number).padStart(width)} ${recording.sentenceOf(step).padEnd(34)} ${planned.padStart(8)} `
        + `${this.run.tookOf(step.number).padStart(8)}  ${outcome}`.trimEnd();
    });
    return `${[this.run.verdict, "", ...this.run.notes, ...(this.run.notes.length ? [""] : []),
      `${"".padStart(width)} ${"".padEnd(34)} ${"planned".padStart(8)} ${"took".padStart(8)}  (ms)`, ...rows].join("\n")}\n`;
  },
};

/** A field that takes a file, chosen or dropped. */
function fileField(id, label, take) {
  const read = async file => file && take(await file.text(), file.name);
  return element("div", {
    class: "drop",
    ondragover: event => { event.preventDefault(); event.currentTarget.classList.add("over"); },
    ondragleave: event => event.currentTarget.classList.remove("over"),
    ondrop: event => { event.preventDefault(); read(event.dataTransfer.files[0]); },
  },
    element("label", { for: id }, label),
    element("input", { type: "file", id, onchange: event => read(event.target.files[0]) }),
    element("span", {}, "or drop it here. It does not leave this page."));
}

/** The records of a journal whose sums are right; a last line that is not whole is left out. */
function readJournal(text) {
  const bytes = new TextEncoder().encode(text);
  const records = [];
  let sum = 0;
  for (let start = 0; start < bytes.length;) {
    let end = bytes.indexOf(10, start);
    const isCut = end < 0;
    end = isCut ? bytes.length : end;
    const line = bytes.subarray(start, end);
    start = end + 1;
    if (line.every(byte => byte === 0)) {
      break;
    }

    const tail = line.length - `,"sum":"00000000"}`.length;
    const told = new TextDecoder().decode(line.subarray(Math.max(tail, 0)));
    const next = tail < 0 ? 0 : checksum(sum, line.subarray(0, tail));
    if (told !== `,"sum":"${next.toString(16).padStart(8, "0")}"}`) {
      if (isCut || (start >= bytes.length && records.length)) {
        break;
      }

      throw new Error(records.length ? `Line ${records.length + 1} of the journal is damaged: its sum is wrong. What is in front of it is good; cut the file there.`
        : "This is no journal: its first line has no sum that is right. Choose the file that --journal named.");
    }

    records.push(JSON.parse(new TextDecoder().decode(line)));
    sum = next;
    if (records.length > recordsMax) {
      throw new Error(`The journal has more than ${recordsMax} records; use graph-order status.`);
    }
  }

  if (records[0]?.schema !== "graphorder/journal/1") {
    throw new Error("This is no journal (graphorder/journal/1). Choose the file that --journal named.");
  }

  return records;
}

/** A journal beside the plan of another set would deviate everywhere and say nothing. */
function demandSameSet(recording, records) {
  const input = planOf(records)?.input;
  const shown = recording.data.input;
  if (typeof input !== "string") {
    throw new Error("This journal ends in front of its plan, so nothing says whether it is of the set that this page shows.");
  }

  if (input !== shown) {
    throw new Error(`This journal is of another set: its plan is for ${shortDigest(input)}, not for the ${shortDigest(shown)} of this page.`);
  }
}

/** The plan that a journal runs; undefined where it ends in front of it. */
function planOf(records) {
  const plan = records.find(record => record.kind === "document" && record.name === "plan");
  return plan && JSON.parse(plan.text);
}

const shortDigest = digest => `${digest.slice(0, 23)}...`;

const checksumTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  }

  return value;
});

/** CRC-32C over the sum of the line before, four bytes from the least on, and the bytes of a line. */
function checksum(before, bytes) {
  let value = 0xffffffff;
  const add = byte => { value = checksumTable[(value ^ byte) & 0xff] ^ (value >>> 8); };
  [0, 8, 16, 24].forEach(shift => add((before >>> shift) & 0xff));
  bytes.forEach(add);
  return (value ^ 0xffffffff) >>> 0;
}

/** What a journal tells of each step, and where it first went another way than planned. */
class Run {
  constructor(recording, records) {
    this.recording = recording;
    this.steps = new Map();
    this.notes = [];
    this.deviation = null;
    this.isUnclosed = false;
    this.latest = 0;
    this.compareModels(planOf(records)?.model);
    for (const record of records) {
      if (record.kind === "begin" && record.step > 0) {
        this.begin(record, this.latest);
        this.latest = Math.max(this.latest, record.step);
      } else if (record.kind === "end" && record.step > 0) {
        this.end(record);
      } else if (record.kind === "checked" && record.differs.length) {
        this.deviate(this.latest, `${record.object} came back different: ${record.differs.join(", ")}`);
      } else if (record.kind === "closed") {
        this.deviate(this.latest, `the update was called off and ${record.session} closed`);
      } else if (record.kind === "kernel" && records.indexOf(record) > 0) {
        this.notes.push(`Kernel ${record.release} took over behind step ${this.latest}.`);
      } else if (record.kind === "over") {
        this.isOver = record.outcome;
      }
    }

    if (!this.isOver && !this.deviation) {
      const open = this.steps.get(this.latest);
      if (open?.isEnded === false) {
        this.deviate(this.latest, "it was begun, and nobody knows whether it happened");
      } else if (this.latest >= recording.steps.length) {
        this.isUnclosed = true;
      } else {
        this.deviate(this.latest + 1, this.latest ? `the journal ends behind step ${this.latest}` : "nothing was done yet");
      }
    }
  }

  get isAsPlanned() {
    return !this.deviation && !this.isUnclosed;
  }

  /** The step that the journal ends at: the last one it has, or the first where it has none. */
  get reached() {
    return Math.min(Math.max(this.latest, 1), Math.max(this.recording.steps.length, 1));
  }

  get verdict() {
    const { deviation, recording } = this;
    const last = recording.steps.length;
    if (this.isUnclosed) {
      return `NOT CLOSED: step ${last}, the last, was done, and the journal ends before it says that the update is over.`;
    }

    if (!deviation) {
      return `AS PLANNED: ${this.steps.size} of ${recording.steps.length} steps, in the plan's order.`;
    }

    const step = recording.steps[deviation.step - 1];
    const place = step ? `at step ${deviation.step} (${recording.sentenceOf(step)})`
      : deviation.step === 0 ? "before step 1"
      : `behind step ${last}, the plan's last`;
    return `DEVIATES ${place}: ${deviation.told}.`;
  }

  tookOf(number) {
    const found = this.steps.get(number);
    return found?.isEnded ? milliseconds(found.microseconds) : "-";
  }

  outcomeOf(number) {
    const found = this.steps.get(number);
    const step = this.recording.steps[number - 1];
    return !found ? (number < this.latest && this.isOfOthers(step) ? "not by this run" : "not done")
      : !found.isEnded ? "begun, not known whether it happened"
      : found.problem ?? (found.times > 1 ? `done, asked ${found.times} times` : "done");
  }

  // The same set planned for other kernels has other steps, which explains a deviation.
  compareModels(model) {
    if (typeof model === "string" && plainName(model) !== this.recording.data.model) {
      this.notes.push(`The journal's plan is for ${plainName(model)}, the one shown for ${this.recording.data.model}.`);
    }
  }

  begin(record, latest) {
    const { recording } = this;
    const step = recording.steps[record.step - 1];
    const found = this.steps.get(record.step);
    this.steps.set(record.step, { times: (found?.times ?? 0) + 1, isEnded: false, microseconds: 0 });
    const isSame = step && step.verb === record.verb.replace("retrieve-session", "retrieve")
      && (record.object === undefined || recording.find(record.object) === step.object);
    if (!isSame) {
      this.deviate(record.step, `the journal has ${[record.verb, record.session, record.object].filter(Boolean).join(" ")}`);
    } else if (!found && record.step < latest) {
      this.deviate(record.step, `it was done behind step ${latest}`);
    } else if (record.step > latest + 1) {
      const skipped = this.firstSkipped(latest + 1, record.step);
      skipped && this.deviate(skipped, `step ${record.step} was done first`);
    }
  }

  // Whoever holds the sessions creates and opens them and jumps; and what the kernel had already is not done again.
  firstSkipped(first, end) {
    for (let number = first; number < end; number++) {
      if (!this.steps.has(number) && !this.isOfOthers(this.recording.steps[number - 1])) {
        return number;
      }
    }

    return 0;
  }

  isOfOthers(step) {
    return step.verb === "kexec" || (step.object < 0 && step.session >= 0 && step.verb !== "finish")
      || step.why.startsWith("done already");
  }

  end(record) {
    const found = this.steps.get(record.step) ?? { times: 1 };
    const isFailed = record.error !== undefined || record.why !== undefined;
    const problem = !isFailed ? null
      : `failed: ${[record.error === undefined ? null : errorNames[record.error] ?? `error ${record.error}`, record.why].filter(Boolean).join(", ")}`;
    this.steps.set(record.step, { ...found, isEnded: true, microseconds: record.microseconds, problem });
    problem && this.deviate(record.step, problem);
  }

  deviate(step, told) {
    this.deviation ??= { step, told };
  }
}
