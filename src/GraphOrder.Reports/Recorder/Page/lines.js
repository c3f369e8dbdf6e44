
// ---- lines: text as the reports write it: columns that push and wrap, at most 80 wide --------------------------

const lineWidth = 80;
const leastRoom = 24;

const nameShown = { most: 120, head: 72, tail: 45 };

/** A name that people read: what nobody reads to its end loses its middle; half a pair is no letter. */
function plainName(name) {
  const { most, head, tail } = nameShown;
  return plainWhole(name.length <= most ? name
    : `${name.slice(0, head).replace(/[\ud800-\udbff]$/, "")}...${name.slice(-tail).replace(/^[\udc00-\udfff]/, "")}`);
}

/** A name of any length as printable ASCII, so that none can fake a line or turn the text around. */
function plainWhole(name) {
  const isQuoted = name === "" || /[ "]/.test(name);
  const escaped = [...name].map(letter => {
    const code = letter.codePointAt(0);
    return letter === "\n" ? "\\n" : letter === "\r" ? "\\r" : letter === "\t" ? "\\t"
      : letter === "\\" ? "\\\\"
      : letter === '"' && isQuoted ? '\\"'
      : code < 32 || code === 127 ? `\\x${code.toString(16).padStart(2, "0")}`
      : code > 126 ? `\\u{${code.toString(16)}}`
      : letter;
  }).join("");
  return isQuoted ? `"${escaped}"` : escaped;
}

class TextLines {
  text = "";
  position = 0;

  blank() {
    this.text += "\n";
  }

  verdict(word, rest) {
    this.position = 0;
    this.write(word);
    this.words(rest, 2);
    this.text += "\n";
  }

  labelled(column, label, textColumn, text) {
    this.cells([column, label], [textColumn, text]);
  }

  /** The pieces of a line, each [column, text]; what is longer than its room wraps under its own column. */
  cells(...cells) {
    this.position = 0;
    let isFirst = true;
    for (const [column, text] of cells.filter(cell => cell[1] !== "")) {
      this.place(column, text, isFirst);
      isFirst = false;
    }

    this.text += "\n";
  }

  place(column, text, isFirst) {
    const start = isFirst ? column : Math.max(column, this.position + 1);
    const hang = lineWidth - column >= leastRoom ? column : Math.max(0, lineWidth - leastRoom);
    if (start + text.length <= lineWidth) {
      this.pad(start);
      this.write(text);
      return;
    }

    if (start > column || lineWidth - start < leastRoom) {
      this.position > 0 ? this.break(hang) : this.pad(hang);
    } else {
      this.pad(start);
    }

    this.words(text, hang);
  }

  words(text, hang) {
    text.split(" ").forEach((part, index) => {
      let word = part;
      let gap = index ? 1 : 0;
      if (index && this.position + gap + word.length > lineWidth) {
        this.break(hang);
        gap = 0;
      }

      this.pad(this.position + gap);
      while (this.position + word.length > lineWidth) {
        const room = lineWidth - this.position;
        this.write(word.slice(0, room));
        word = word.slice(room);
        this.break(hang);
      }

      this.write(word);
    });
  }

  break(column) {
    this.text += "\n";
    this.position = 0;
    this.pad(column);
  }

  pad(column) {
    this.text += " ".repeat(Math.max(column - this.position, 0));
    this.position = Math.max(column, this.position);
  }

  write(text) {
    this.text += text;
    this.position += text.length;
  }
}
