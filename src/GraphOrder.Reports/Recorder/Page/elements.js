
// ---- elements: how everything on the page is made -----------------------------------------------------------

const svgSpace = "http://www.w3.org/2000/svg";

/** An element. What begins with "on" is a handler, null and false are left out; a string is text, never markup. */
function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a graphic. */
function graphic(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(svgSpace, tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (name === "style") {
      Object.assign(made.style, value);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }

  return put(made, ...children);
}

/** Puts children, and those in lists of them, into something; null and false are left out. */
function put(into, ...children) {
  into.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return into;
}

function byId(id) {
  return document.getElementById(id);
}

function button(text, onclick, attributes = {}) {
  return element("button", { type: "button", onclick, ...attributes }, text);
}

/** What may be wider than a small screen scrolls by itself, with keys too. */
function wide(label, content) {
  return element("div", { class: "wide", role: "region", "aria-label": label, tabindex: 0 }, content);
}

/** Says something to those who listen rather than look. */
function announce(text) {
  byId("status").textContent = text;
}

function plural(count, one, more = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
}

/** Microseconds as the reports write milliseconds. */
function milliseconds(microseconds) {
  const whole = Math.floor(microseconds / 1000);
  const rest = String(microseconds % 1000).padStart(3, "0").replace(/0+$/, "");
  return rest ? `${whole}.${rest}` : `${whole}`;
}
